using System.Text.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>context.json: layer 1 of the record as the policies see it. A mechanical projection; nothing in it comes from elsewhere.</summary>
/// <remarks>
/// Of a stage the last attempt is shown. Of two checks of one name the worse one stands (error, failed, skipped, passed), of two
/// measures the first in the order of the record. The format is described by schemas/context-v1.schema.json.
/// </remarks>
public sealed class GateContext
{
    /// <summary>The version of context.json that this version writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The path of the file below the bundle.</summary>
    public const string FileName = "context.json";

    private readonly byte[] _bytes;

    internal GateContext(byte[] bytes, JsonElement root)
    {
        _bytes = bytes;
        var reader = new ContextReader(root);
        EvidenceRoot = reader.EvidenceRoot;
        Time = reader.Time;
        Trace = reader.Trace;
        TraceId = reader.TraceId;
        Facts = reader.Facts;
        Provenance = reader.Provenance;
    }

    /// <summary>The root of layer 1.</summary>
    public Digest EvidenceRoot { get; }

    /// <summary>When the gate run started, UTC, whole milliseconds.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What the record is about.</summary>
    public Trace Trace { get; }

    /// <summary>The id of the trace as the file gives it.</summary>
    public Guid TraceId { get; }

    /// <summary>The facts that the file claims, each with its place: trace, runs, artifacts, actors, what runs generated, tested and measured.</summary>
    public IReadOnlyList<ClaimedFact> Facts { get; }

    /// <summary>What the consistency gate had found.</summary>
    public ProvenanceReport Provenance { get; }

    /// <summary>The SHA-256 of the file: the input digest of the decision.</summary>
    public Digest Digest => Digest.Of(_bytes);

    /// <summary>The bytes of the file.</summary>
    public ReadOnlyMemory<byte> Utf8 => _bytes;

    /// <summary>Writes context.json from layer 1 of a record.</summary>
    /// <param name="graph">The record; of two layers only the first is used.</param>
    /// <param name="provenance">What the consistency gate found in the documents made from layer 1.</param>
    /// <param name="time">When the gate run started; cut to whole milliseconds.</param>
    /// <returns>RFC 8785 text and a newline.</returns>
    public static byte[] Project(EvidenceGraph graph, ProvenanceReport provenance, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(provenance);
        return CanonicalFile.Write(new ContextWriter(graph.At(1).Facts).Write(provenance, EvidenceTime.Truncate(time)));
    }

    /// <summary>Reads context.json back.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="ContextFormatException">The text is not canonical, of another version, or not of the published shape.</exception>
    public static GateContext Parse(ReadOnlySpan<byte> utf8) =>
        new(utf8.ToArray(), CanonicalFile.Read(utf8, PublishedSchemas.Context, (message, pointer) => new ContextFormatException(message, pointer)));

    /// <summary>Whether the file is exactly what <see cref="Project"/> writes from a record.</summary>
    /// <param name="graph">The record.</param>
    public bool IsProjectionOf(EvidenceGraph graph) => _bytes.AsSpan().SequenceEqual(Project(graph, Provenance, Time));

    /// <summary>What the file claims, for the consistency gate.</summary>
    public DocumentFacts ToDocumentFacts() => new(FileName, EvidenceRoot)
    {
        Layer = 1,
        RootPointer = "/evidenceRoot",
        Facts = Facts,
        Complete = [typeof(Trace), typeof(Artifact), typeof(Actor)],
        HeadCommit = Trace.HeadCommit,
        TraceId = TraceId,
    };
}
