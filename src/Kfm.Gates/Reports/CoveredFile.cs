namespace Kfm.Gates.Reports;

/// <summary>Which lines of a source file the tests ran.</summary>
/// <param name="Names">The names under which the report may mean the file: its own, and below each folder of sources.</param>
/// <param name="Hits">How often each line ran that could run, by its number from 1.</param>
public sealed record CoveredFile(IReadOnlyList<string> Names, IReadOnlyDictionary<int, long> Hits)
{
    /// <summary>The longest path of a repository by which the report may mean this file; null when there is none.</summary>
    /// <param name="paths">The paths of the repository, with forward slashes.</param>
    public string? PathIn(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Where(path => Names.Any(name => Ends(name, path))).OrderByDescending(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).FirstOrDefault();
    }

    private static bool Ends(string name, string path) => name.EndsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[^(path.Length + 1)] == '/');
}
