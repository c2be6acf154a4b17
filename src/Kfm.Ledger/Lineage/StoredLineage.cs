using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Lineage;

/// <summary>The lineage as the store's indexes tell it: nothing to load, some reads for each entry. For a few questions about a large log.</summary>
internal sealed class StoredLineage(TransparencyLog log) : ILineageEdges
{
    private readonly Dictionary<long, LedgerEntry?> _entries = [];
    private readonly Dictionary<long, List<long>> _causes = [];

    public long Size { get; } = log.Size;

    public LineageNode? Node(long index, int depth) =>
        Entry(index) is { } entry ? new LineageNode(index, entry.Kind, entry.Subject, entry.TraceId, entry.Time, depth) : null;

    public void Causes(long index, List<long> into) => into.AddRange(CausesOf(index));

    public void Effects(long index, List<long> into)
    {
        if (Entry(index) is not { } entry)
        {
            return;
        }

        // The index tells who names such a cause; who means this entry follows from the rule of links.
        var candidates = log.Store.Find(LookupField.Cause, EntryIndex.CauseOf(entry.Kind, entry.Subject));
        into.AddRange(candidates.Where(effect => effect > index && effect < Size && CausesOf(effect).Contains(index)));
    }

    private List<long> CausesOf(long index)
    {
        if (_causes.TryGetValue(index, out var causes))
        {
            return causes;
        }

        var found = new SortedSet<long>();
        if (Entry(index) is { } entry)
        {
            foreach (var (kind, subject) in LineageLinks.Of(entry))
            {
                var earlier = log.Store.Find(LookupField.Subject, subject.ToString()).Where(i => i < index).Reverse();
                var candidates = earlier.Select(i => (Index: i, Entry: Entry(i))).Where(c => c.Entry?.Subject == subject);
                if (LineageLinks.Choose(kind, entry.TraceId, candidates.Select(c => (c.Index, c.Entry!.Kind, c.Entry.TraceId))) is { } cause)
                {
                    found.Add(cause);
                }
            }
        }

        _causes.Add(index, causes = [.. found]);
        return causes;
    }

    private LedgerEntry? Entry(long index)
    {
        if (!_entries.TryGetValue(index, out var entry))
        {
            _entries.Add(index, entry = Read(index));
        }

        return entry;
    }

    private LedgerEntry? Read(long index)
    {
        try
        {
            return log.Read(index).Entry;
        }
        catch (LedgerException e) when (e.Fault == LedgerFault.Pruned)
        {
            return null;
        }
    }
}
