using Kfm.Ledger.Entries;

namespace Kfm.Ledger.Lineage;

/// <summary>Asks the lineage of a log: where something came from, what came of it, and how the two are connected.</summary>
public sealed class LineageQuery
{
    private readonly ILineageEdges _edges;

    /// <summary>Asks a graph in memory.</summary>
    /// <param name="graph">The graph.</param>
    public LineageQuery(LineageGraph graph)
        : this((ILineageEdges)graph)
    {
    }

    /// <summary>Asks a log by its store's indexes: nothing is loaded first. The log is asked as it is now; not for use by several threads.</summary>
    /// <param name="log">The log.</param>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public LineageQuery(TransparencyLog log)
        : this(new StoredLineage(log ?? throw new ArgumentNullException(nameof(log))))
    {
    }

    internal LineageQuery(ILineageEdges edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        _edges = edges;
    }

    /// <summary>The entries that an entry came from, or that came of it, and the entry itself.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="direction">Towards causes or effects.</param>
    /// <param name="reach">How far, and in which state of the log; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log had no such entry then, or it was disposed of.</exception>
    /// <exception cref="ArgumentException">The reach is out of its limits.</exception>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public LineageView Walk(long index, LineageDirection direction, LineageReach? reach = null)
    {
        var (limits, size) = Start(index, reach);
        var walk = new LineageWalk(_edges, size, limits);
        walk.Run(index, direction);
        return walk.ToView(index);
    }

    /// <summary>What a change led to: everything downstream of an intent or another entry. The same as a walk downstream.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="reach">How far, and in which state of the log; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log had no such entry then, or it was disposed of.</exception>
    public LineageView Impact(long index, LineageReach? reach = null) => Walk(index, LineageDirection.Downstream, reach);

    /// <summary>Which intents caused something, such as an incident: a shortest path from each to the entry, the nearest intent first.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="reach">How far, and in which state of the log; null for the defaults.</param>
    /// <returns>Paths that begin with an intent and end with the entry; empty when no intent is upstream.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The log had no such entry then, or it was disposed of.</exception>
    public IReadOnlyList<LineagePath> Causes(long index, LineageReach? reach = null)
    {
        var (limits, size) = Start(index, reach);
        var walk = new LineageWalk(_edges, size, limits);
        walk.Run(index, LineageDirection.Upstream);
        return [.. walk.Reached.Where(n => n.Kind == LedgerEntryKind.Intent).Select(n => new LineagePath(walk.PathFrom(n.Index)))];
    }

    /// <summary>A shortest path between two entries, along causes and effects in one direction.</summary>
    /// <param name="one">An entry.</param>
    /// <param name="other">Another; the order does not matter.</param>
    /// <param name="reach">How far, and in which state of the log; null for the defaults.</param>
    /// <returns>The path from the cause to the effect; null when neither came of the other within the reach.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The log had no such entries then, or one was disposed of.</exception>
    public LineagePath? Path(long one, long other, LineageReach? reach = null)
    {
        var (cause, effect) = (Math.Min(one, other), Math.Max(one, other));
        var (limits, size) = Start(effect, reach);
        _ = Start(cause, reach);

        // Upstream, because an entry has few causes and may have many effects; what stands before the cause cannot lead to it.
        var walk = new LineageWalk(_edges, size, limits) { Oldest = cause };
        walk.Run(effect, LineageDirection.Upstream);
        return walk.Has(cause) ? new LineagePath(walk.PathFrom(cause)) : null;
    }

    private (LineageReach Limits, long Size) Start(long index, LineageReach? reach)
    {
        var limits = reach ?? new LineageReach();
        if (!limits.IsWithinLimits)
        {
            throw new ArgumentException("The depth is 1 to 1,000, the number of nodes 1 to 1,000,000, and a size is not negative.", nameof(reach));
        }

        var size = Math.Min(limits.AsOf ?? long.MaxValue, _edges.Size);
        return index >= 0 && index < size && _edges.Node(index, 0) is not null
            ? (limits, size)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The log of size {size} has no such entry.");
    }
}
