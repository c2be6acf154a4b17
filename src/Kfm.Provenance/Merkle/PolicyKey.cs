using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>A log or a witness of a trust policy.</summary>
/// <param name="Name">The name by which the policy refers to a witness; for a log its origin.</param>
/// <param name="Verifier">The key.</param>
/// <param name="Url">Where to reach it, as the policy says; null when it does not. Nothing connects to it by itself.</param>
public sealed record PolicyKey(string Name, NoteVerifier Verifier, string? Url);
