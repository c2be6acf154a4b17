using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Previews;

/// <summary>The result of one check of a stage.</summary>
/// <param name="Name">The name, for example <c>build.reproducible</c>.</param>
/// <param name="Status">The result.</param>
/// <param name="Detail">What failed and where, in one line, without times and paths of the machine; null when it passed.</param>
public sealed record CheckResult(string Name, CheckStatus Status, string? Detail = null);
