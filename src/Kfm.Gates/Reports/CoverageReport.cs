namespace Kfm.Gates.Reports;

/// <summary>How many lines the tests ran.</summary>
/// <param name="Covered">The lines that ran.</param>
/// <param name="Valid">The lines that could have run, at least one.</param>
public sealed record CoverageReport(long Covered, long Valid)
{
    /// <summary>The share of the lines that ran, from 0 to 1.</summary>
    public double LineRate => (double)Covered / Valid;

    /// <summary>One report of several.</summary>
    /// <param name="reports">The reports, at least one.</param>
    /// <exception cref="ReportFormatException">There is no report.</exception>
    public static CoverageReport Merge(IEnumerable<CoverageReport> reports)
    {
        var sum = reports.Aggregate(new CoverageReport(0, 0), (all, one) => new CoverageReport(all.Covered + one.Covered, all.Valid + one.Valid));
        return sum.Valid > 0 ? sum : throw new ReportFormatException("There is no coverage report.");
    }
}
