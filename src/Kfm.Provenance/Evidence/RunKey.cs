using System.Globalization;

namespace Kfm.Provenance.Evidence;

/// <summary>Names a run within a trace, written <c>build#1</c>.</summary>
/// <param name="Stage">The stage that ran.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct RunKey(Stage Stage, int Attempt = 1)
{
    /// <summary>The stage in lower case, <c>#</c> and the attempt: the name that the run id is derived from.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage.ToString().ToLowerInvariant()}#{Attempt}");
}
