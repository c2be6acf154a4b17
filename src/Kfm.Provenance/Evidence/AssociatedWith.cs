namespace Kfm.Provenance.Evidence;

/// <summary>An actor bore responsibility for a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Actor">The id of the actor.</param>
/// <param name="Role">As what, for example <c>proposer</c>, <c>builder</c> or <c>author</c>.</param>
public sealed record AssociatedWith(RunKey Run, string Actor, string Role) : Fact;
