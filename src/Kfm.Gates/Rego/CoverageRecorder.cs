namespace Kfm.Gates.Rego;

/// <summary>Gathers the lines that evaluations reached. Not safe for use by several threads at once.</summary>
public sealed class CoverageRecorder
{
    private readonly Dictionary<string, HashSet<int>> _lines = new(StringComparer.Ordinal);

    internal void Hit(string path, int row)
    {
        if (!_lines.TryGetValue(path, out var rows))
        {
            _lines.Add(path, rows = []);
        }

        rows.Add(row);
    }

    internal void Add(CoverageRecorder other)
    {
        foreach (var (path, rows) in other._lines)
        {
            if (_lines.TryGetValue(path, out var own))
            {
                own.UnionWith(rows);
            }
            else
            {
                _lines.Add(path, [.. rows]);
            }
        }
    }

    internal IEnumerable<int> Rows(string path) => _lines.TryGetValue(path, out var rows) ? rows.Order() : [];

    internal bool WasHit(string path, int row) => _lines.TryGetValue(path, out var rows) && rows.Contains(row);
}
