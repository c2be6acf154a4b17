using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.LedgerServer;

/// <summary>The log and its lineage in memory, brought up to date when they are asked for.</summary>
internal sealed class LedgerView(TransparencyLog log) : IDisposable
{
    private readonly LineageGraph _graph = new();
    private readonly Lock _gate = new();

    public TransparencyLog Log => log;

    public LineageQuery Lineage()
    {
        lock (_gate)
        {
            _graph.CatchUp(log);
        }

        return new LineageQuery(_graph);
    }

    /// <summary>The index that a node id names: <c>entry:12</c>, or <c>kind:sha256:…</c> for the newest entry about a thing; null when there is none.</summary>
    public long? Index(string nodeId)
    {
        if (nodeId.StartsWith("entry:", StringComparison.Ordinal))
        {
            return DecimalIndex(nodeId.AsSpan("entry:".Length));
        }

        var colon = nodeId.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Enum.TryParse<LedgerEntryKind>(nodeId.AsSpan(0, colon), ignoreCase: true, out var kind) && Digest.TryParse(nodeId[(colon + 1)..], out var subject)
            ? log.FindBySubject(subject).LastOrDefault(e => e.Entry.Kind == kind)?.Index
            : null;
    }

    /// <summary>The newest signed checkpoint, parsed; null when none is kept.</summary>
    public (string Note, Checkpoint Checkpoint)? Head()
    {
        if (log.Checkpoints() is not [.., var last])
        {
            return null;
        }

        return (last.Note, Checkpoint.Parse(last.Note[..(last.Note.IndexOf("\n\n", StringComparison.Ordinal) + 1)]));
    }

    public void Dispose() => log.Dispose();

    private static long? DecimalIndex(ReadOnlySpan<char> text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : null;
}
