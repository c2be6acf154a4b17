namespace Kfm.Benchmarks;

/// <summary>One figure, beside that of a peer or of the platform where there is one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median of the rounds.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Baseline">The other figure; null when there is none.</param>
/// <param name="BaselineName">Whose it is, and the date when it was not measured in this run.</param>
public sealed record Row(string Name, double Value, string Unit, double? Baseline = null, string? BaselineName = null)
{
    /// <summary>The value divided by the baseline.</summary>
    public double? Ratio => Baseline is > 0 ? Value / Baseline : null;
}
