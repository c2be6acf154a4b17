using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Lineage;

/// <summary>The lineage of a log in memory: about 100 bytes an entry. Entries are added in the order of the log.</summary>
/// <remarks>Several threads may ask at once, also while one adds; an answer sees the entries that were added before the question.</remarks>
public sealed class LineageGraph : ILineageEdges
{
    private const int None = -1;
    private readonly Dictionary<MerkleHash, int> _newestOfSubject = [];
    private readonly Dictionary<Guid, int> _traceNumbers = [];
    private readonly List<Guid> _traces = [];
    private readonly GrowingArray<Node> _nodes = new();
    private readonly GrowingArray<Edge> _edges = new();
    private int _size;

    /// <inheritdoc/>
    public long Size => Volatile.Read(ref _size);

    /// <summary>Reads a whole log into a new graph.</summary>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public static LineageGraph Load(TransparencyLog log, CancellationToken cancellationToken = default)
    {
        var graph = new LineageGraph();
        graph.CatchUp(log, cancellationToken);
        return graph;
    }

    /// <summary>Adds what a log has got since. Entries that were disposed of stand without edges.</summary>
    /// <param name="log">The log that the graph was loaded from.</param>
    /// <param name="cancellationToken">Stops reading; what was added stays.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public void CatchUp(TransparencyLog log, CancellationToken cancellationToken = default)
    {
        const int Page = 4096;
        ArgumentNullException.ThrowIfNull(log);
        for (var size = log.Size; Size < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in log.Entries(Size, Page))
            {
                Add(entry.Index, entry.Entry);
            }
        }
    }

    /// <summary>Adds an entry and its edges.</summary>
    /// <param name="index">Its index; not below the size. Entries that are left out are taken as disposed of.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is below the size, or beyond what fits into memory.</exception>
    public void Add(long index, LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_newestOfSubject)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(index, _size);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Array.MaxLength);
            for (; _nodes.Count < index;)
            {
                _nodes.Add(new Node { Kind = None, FirstEdge = _edges.Count, NewestEffect = None, SameSubject = None });
            }

            AddNode((int)index, entry);
            Volatile.Write(ref _size, (int)index + 1);
        }
    }

    LineageNode? ILineageEdges.Node(long index, int depth)
    {
        ref var node = ref _nodes[(int)index];
        return node.Kind == None
            ? null
            : new LineageNode(
                index,
                (LedgerEntryKind)node.Kind,
                node.Subject.ToDigest(),
                node.Trace == None ? null : TraceOf(node.Trace),
                DateTimeOffset.FromUnixTimeMilliseconds(node.Time),
                depth);
    }

    void ILineageEdges.Causes(long index, List<long> into)
    {
        ref var node = ref _nodes[(int)index];
        for (var edge = node.FirstEdge; edge < node.FirstEdge + node.EdgeCount; edge++)
        {
            into.Add(_edges[edge].Cause);
        }
    }

    void ILineageEdges.Effects(long index, List<long> into)
    {
        for (var edge = Volatile.Read(ref _nodes[(int)index].NewestEffect); edge != None; edge = _edges[edge].OlderEffect)
        {
            into.Add(_edges[edge].Effect);
        }
    }

    private void AddNode(int index, LedgerEntry entry)
    {
        var subject = MerkleHash.FromBytes(Convert.FromHexString(entry.Subject.Hex));
        var causes = new SortedSet<int>();
        foreach (var (kind, digest) in LineageLinks.Of(entry))
        {
            var candidates = Candidates(MerkleHash.FromBytes(Convert.FromHexString(digest.Hex)));
            if (LineageLinks.Choose(kind, entry.TraceId, candidates) is { } cause)
            {
                causes.Add((int)cause);
            }
        }

        _nodes.Add(new Node
        {
            Kind = (int)entry.Kind,
            Subject = subject,
            Trace = entry.TraceId is { } trace ? NumberOf(trace) : None,
            Time = entry.Time.ToUnixTimeMilliseconds(),
            SameSubject = _newestOfSubject.GetValueOrDefault(subject, None),
            FirstEdge = _edges.Count,
            EdgeCount = causes.Count,
            NewestEffect = None,
        });
        _newestOfSubject[subject] = index;
        foreach (var cause in causes)
        {
            _edges.Add(new Edge(cause, index, _nodes[cause].NewestEffect));

            // The edge is there before the node leads to it, for those who read meanwhile.
            Volatile.Write(ref _nodes[cause].NewestEffect, _edges.Count - 1);
        }
    }

    private IEnumerable<(long Index, LedgerEntryKind Kind, Guid? Trace)> Candidates(MerkleHash subject)
    {
        for (var i = _newestOfSubject.GetValueOrDefault(subject, None); i != None; i = _nodes[i].SameSubject)
        {
            yield return (i, (LedgerEntryKind)_nodes[i].Kind, _nodes[i].Trace == None ? null : _traces[_nodes[i].Trace]);
        }
    }

    private Guid TraceOf(int number)
    {
        lock (_newestOfSubject)
        {
            return _traces[number];
        }
    }

    private int NumberOf(Guid trace)
    {
        if (!_traceNumbers.TryGetValue(trace, out var number))
        {
            _traceNumbers.Add(trace, number = _traces.Count);
            _traces.Add(trace);
        }

        return number;
    }

    private struct Node
    {
        internal MerkleHash Subject;
        internal long Time;
        internal int Kind;
        internal int Trace;
        internal int SameSubject; // the next older entry with the same subject
        internal int FirstEdge; // an entry's causes stand together
        internal int EdgeCount;
        internal int NewestEffect; // the head of the list of edges from this cause
    }

    private readonly record struct Edge(int Cause, int Effect, int OlderEffect);
}
