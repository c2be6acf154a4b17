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

    /// <summary>The newest signed checkpoint, parsed; null when none can be signed or is kept.</summary>
    public (string Note, Checkpoint Checkpoint)? Head()
    {
        try
        {
            var note = log.Checkpoint();
            return (note, Checkpoint.Parse(note[..(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)]));
        }
        catch (Exception e) when (e is InvalidOperationException or CheckpointFormatException)
        {
            return null;
        }
    }

    /// <summary>The sizes of the signed checkpoints that are kept, ascending, and when they were signed.</summary>
    public IReadOnlyList<KeptCheckpoint> Checkpoints() => Head() is { } head ? [new KeptCheckpoint((long)head.Checkpoint.Size, "")] : [];

    public void Dispose() => log.Dispose();

    private static long? DecimalIndex(ReadOnlySpan<char> text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : null;
}
