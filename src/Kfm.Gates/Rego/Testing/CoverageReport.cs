using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego;

/// <summary>Line coverage in the sense of <c>opa test --coverage</c>.</summary>
public sealed class CoverageReport
{
    private CoverageReport(IReadOnlyDictionary<string, FileCoverage> files) => Files = files;

    /// <summary>The modules by path.</summary>
    public IReadOnlyDictionary<string, FileCoverage> Files { get; }

    /// <summary>How many lines were reached in all modules.</summary>
    public int CoveredLines => Files.Values.Sum(f => f.CoveredLines);

    /// <summary>How many lines were not reached in all modules.</summary>
    public int NotCoveredLines => Files.Values.Sum(f => f.NotCoveredLines);

    /// <summary>Percent of all lines, 0 when there is none.</summary>
    public double Percent => CoveredLines + NotCoveredLines == 0 ? 0 : 100.0 * CoveredLines / (CoveredLines + NotCoveredLines);

    /// <summary>Makes the report of what a recorder gathered.</summary>
    /// <param name="policy">The policy set that was evaluated, compiled with coverage.</param>
    /// <param name="recorder">What the evaluations gathered.</param>
    public static CoverageReport Create(CompiledPolicy policy, CoverageRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(recorder);
        var files = new SortedDictionary<string, FileCoverage>(StringComparer.Ordinal);
        foreach (var module in policy.Modules)
        {
            var rows = new CoverableRows().Of(module);
            var covered = recorder.Rows(module.File).ToList();
            var missed = rows.Where(r => !recorder.WasHit(module.File, r)).ToList();
            files.Add(module.File, new FileCoverage(Ranges(covered), Ranges(missed), covered.Count, missed.Count));
        }

        return new CoverageReport(files);
    }

    private static List<LineRange> Ranges(List<int> rows)
    {
        var ranges = new List<LineRange>();
        foreach (var row in rows)
        {
            if (ranges.Count > 0 && ranges[^1].End == row - 1)
            {
                ranges[^1] = ranges[^1] with { End = row };
            }
            else
            {
                ranges.Add(new LineRange(row, row));
            }
        }

        return ranges;
    }
}
