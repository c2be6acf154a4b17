namespace Kfm.Gates.Reports;

/// <summary>How many of the lines that a change adds the tests ran.</summary>
/// <param name="Covered">The added lines that ran.</param>
/// <param name="Valid">The added lines that could have run; 0 when none could.</param>
/// <param name="Unmeasured">The changed files of which no report speaks, ordinal.</param>
public sealed record ChangedCoverage(long Covered, long Valid, IReadOnlyList<string> Unmeasured)
{
    /// <summary>The share of the lines that ran, from 0 to 1; null when none could.</summary>
    public double? LineRate => Valid == 0 ? null : (double)Covered / Valid;

    /// <summary>Counts the added lines in reports. A line that several reports count has run when it ran in one of them.</summary>
    /// <param name="reports">The files of all reports.</param>
    /// <param name="added">The numbers of the added lines, from 1, by the path of their file.</param>
    /// <param name="paths">All paths of the repository, by which the files of the reports are known.</param>
    public static ChangedCoverage Of(IEnumerable<CoveredFile> reports, IReadOnlyDictionary<string, IReadOnlySet<int>> added, IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(paths);
        var byName = paths.ToLookup(path => path.Split('/')[^1], StringComparer.Ordinal);
        var files = reports
            .Select(file => (Path: file.PathIn(file.Names.SelectMany(name => byName[name.Split('/')[^1]]).Distinct(StringComparer.Ordinal)), file.Hits))
            .Where(file => file.Path is not null)
            .ToLookup(file => file.Path!, file => file.Hits, StringComparer.Ordinal);
        var (covered, valid) = (0L, 0L);
        foreach (var (path, lines) in added)
        {
            var counts = lines.Select(line => files[path].Where(hits => hits.ContainsKey(line)).Select(hits => hits[line]).DefaultIfEmpty(-1).Max()).ToArray();
            covered += counts.Count(hits => hits > 0);
            valid += counts.Count(hits => hits >= 0);
        }

        return new ChangedCoverage(covered, valid, [.. added.Keys.Where(path => !files[path].Any()).Order(StringComparer.Ordinal)]);
    }
}
