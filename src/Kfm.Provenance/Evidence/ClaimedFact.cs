namespace Kfm.Provenance.Evidence;

/// <summary>A fact that a document claims, and where it does.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Pointer">The JSON pointer (RFC 6901) of the claim; empty for the document.</param>
public sealed record ClaimedFact(Fact Fact, string Pointer);
