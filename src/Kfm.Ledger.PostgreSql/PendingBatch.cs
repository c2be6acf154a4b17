using Kfm.Ledger.Storage;

namespace Kfm.Ledger.PostgreSql;

/// <summary>What one process handed over at once.</summary>
internal sealed class PendingBatch(long number)
{
    private readonly List<PendingRow> _rows = [];
    private readonly List<int> _groups = [];
    private List<AppendGroup>? _made;

    internal long Number => number;

    internal IReadOnlyList<PendingRow> Rows => _rows;

    internal void Add(int group, PendingRow row)
    {
        _groups.Add(group);
        _rows.Add(row);
    }

    /// <summary>The groups, in the order of their numbers.</summary>
    internal List<AppendGroup> Groups() => _made ??=
    [
        .. _rows.Zip(_groups).GroupBy(r => r.Second).OrderBy(g => g.Key).Select(g => new AppendGroup([.. g.Select(r => r.First.Leaf)])),
    ];
}
