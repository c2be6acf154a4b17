namespace Kfm.Gates.Rego;

/// <summary>The coverage of one module: lines that hold a rule head or an expression.</summary>
/// <param name="Covered">The lines that were reached.</param>
/// <param name="NotCovered">The lines that were not.</param>
/// <param name="CoveredLines">How many were reached.</param>
/// <param name="NotCoveredLines">How many were not.</param>
public sealed record FileCoverage(IReadOnlyList<LineRange> Covered, IReadOnlyList<LineRange> NotCovered, int CoveredLines, int NotCoveredLines)
{
    /// <summary>Percent, 0 when there is no line.</summary>
    public double Percent => CoveredLines + NotCoveredLines == 0 ? 0 : 100.0 * CoveredLines / (CoveredLines + NotCoveredLines);
}
