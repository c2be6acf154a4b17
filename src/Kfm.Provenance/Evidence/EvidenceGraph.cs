using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>The record of a run: one or two layers of facts that all documents are made from. Immutable.</summary>
public sealed class EvidenceGraph
{
    /// <summary>The version of evidence.json that this version writes and reads.</summary>
    public const int FormatVersion = 1;

    internal EvidenceGraph(IReadOnlyList<EvidenceLayer> layers)
    {
        Layers = layers;
        Facts = layers.Count == 1
            ? new FactSet(layers[0].Root, layers[0].Facts, [])
            : new FactSet(layers[^1].Root, layers.SelectMany(l => l.Facts));
    }

    /// <summary>The layers: the facts up to QA, then the gate.</summary>
    public IReadOnlyList<EvidenceLayer> Layers { get; }

    /// <summary>The facts of all layers together, and the root of the last one.</summary>
    public FactSet Facts { get; }

    /// <summary>The root of the last layer; through <see cref="EvidenceLayer.Previous"/> it covers the layers before.</summary>
    public Digest Root => Facts.Root;

    /// <summary>What the record is about.</summary>
    public Trace Trace => Facts.Trace;

    /// <summary>The id of the trace; see <see cref="FactSet.TraceId"/>.</summary>
    public Guid TraceId => Facts.TraceId;

    /// <summary>What the gate decided, or null in layer 1.</summary>
    public Decided? Decision => Facts.Decision;

    /// <summary>The id of a run; see <see cref="FactSet.RunId"/>.</summary>
    /// <param name="run">The run.</param>
    public Guid RunId(RunKey run) => Facts.RunId(run);

    /// <summary>The record as it was when a layer was frozen.</summary>
    /// <param name="layer">The number of the layer, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public EvidenceGraph At(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layer, Layers.Count);
        return layer == Layers.Count ? this : new EvidenceGraph([.. Layers.Take(layer)]);
    }

    /// <summary>The record with layer 2: the gate and what it decided. The layer names the root of this one.</summary>
    /// <param name="facts">The facts of the layer; those that layer 1 already holds are left out.</param>
    /// <exception cref="ArgumentException">A fact is malformed, or a second trace.</exception>
    /// <exception cref="InvalidOperationException">There is a layer 2 already.</exception>
    /// <exception cref="EvidenceInvariantException">The facts do not fit together or with layer 1.</exception>
    public EvidenceGraph Extend(IEnumerable<Fact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (Layers.Count > 1)
        {
            throw new InvalidOperationException("The record has its second layer already.");
        }

        Fact[] given = [.. facts];
        foreach (var fact in given)
        {
            FactLimits.ThrowIfMalformed(fact);
        }

        var all = NewContent.Settle([.. Facts.Facts, .. given.Where(f => !Facts.Contains(f))]);
        EvidenceInvariants.ThrowIfBroken(all, layer: 2);
        Fact[] added = [.. all.Where(f => !Facts.Contains(f))];
        return new EvidenceGraph([Layers[0], new EvidenceLayer(2, added, Layers[0].Root)]);
    }

    /// <summary>The bytes of evidence.json: RFC 8785 and a newline.</summary>
    public byte[] ToJson() => [.. FactJson.Canonical(ToNode()), (byte)'\n'];

    /// <summary>Reads evidence.json and checks its roots and the rules of the record.</summary>
    /// <param name="utf8">The bytes of the file, exactly as <see cref="ToJson"/> writes them.</param>
    /// <exception cref="EvidenceFormatException">
    /// The text is not canonical, of another version, holds a kind of fact that is not known, or a root does not fit the facts.
    /// </exception>
    public static EvidenceGraph Parse(ReadOnlySpan<byte> utf8) => EvidenceFile.ReadGraph(utf8);

    internal JsonObject ToNode()
    {
        var layers = new JsonArray();
        foreach (var layer in Layers)
        {
            var node = layer.ToNode();
            node.Remove("formatVersion");
            node["root"] = layer.Root.ToString();
            layers.Add((JsonNode)node);
        }

        return new JsonObject { ["formatVersion"] = FormatVersion, ["traceId"] = TraceId.ToString(), ["layers"] = layers };
    }
}
