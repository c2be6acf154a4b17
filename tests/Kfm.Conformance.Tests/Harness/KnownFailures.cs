using Kfm.Testing;

namespace Kfm.Conformance.Tests;

/// <summary>The cases of a suite that the project does not meet yet: known-failures/SUITE.txt, a line each, id, tab, reason.</summary>
internal sealed class KnownFailures
{
    private const int Shown = 20;
    private readonly string _suite;
    private readonly HashSet<string> _ids;

    private KnownFailures(string suite, HashSet<string> ids) => (_suite, _ids) = (suite, ids);

    public static KnownFailures Read(string suite)
    {
        var file = RepositoryRoot.Combine("tests", "Kfm.Conformance.Tests", "known-failures", suite + ".txt");
        var lines = File.Exists(file) ? File.ReadLines(file).Where(line => line.Length > 0) : [];
        return new(suite, lines.Select(Id).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What the list says wrongly about a run; null when the list is exact. Ids that the run does not have do not count.</summary>
    public string? Compare(SuiteReport report)
    {
        var failed = report.Failures.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var unknown = report.Failures.Where(f => !_ids.Contains(f.Id)).Select(f => $"{f.Id}\t{f.Reason}").ToList();
        var mended = report.PassedIds.Where(id => _ids.Contains(id) && !failed.Contains(id)).Distinct(StringComparer.Ordinal).ToList();
        return unknown.Count + mended.Count == 0
            ? null
            : Section("fail and are not on the list", unknown) + Section("pass: strike them from the list", mended);
    }

    private static string Id(string line) => line.Split('\t') is [{ Length: > 0 } id, { Length: > 0 }]
        ? id
        : throw new InvalidOperationException($"A line of known failures is id, tab, reason; this one is not: '{line}'.");

    private string Section(string what, List<string> lines) => lines.Count == 0
        ? ""
        : $"{_suite}: {lines.Count} {what}\n  {string.Join("\n  ", lines.Take(Shown))}{(lines.Count > Shown ? "\n  …" : "")}\n";
}
