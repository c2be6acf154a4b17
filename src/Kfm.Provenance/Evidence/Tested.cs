namespace Kfm.Provenance.Evidence;

/// <summary>A run checked something.</summary>
/// <param name="Run">The run.</param>
/// <param name="Name">The name of the check, for example <c>build.reproducible</c> or <c>contract:data/parcels.csv</c>.</param>
/// <param name="Status">The result.</param>
/// <param name="Detail">What failed and where, in one line, without secrets, times or paths of the machine; null when it passed.</param>
public sealed record Tested(RunKey Run, string Name, CheckStatus Status, string? Detail = null) : Fact;
