namespace Kfm.Provenance.Evidence;

/// <summary>An actor acted on behalf of another.</summary>
/// <param name="Actor">The id of the delegate.</param>
/// <param name="Principal">The id of the one who is responsible.</param>
public sealed record ActedFor(string Actor, string Principal) : Fact;
