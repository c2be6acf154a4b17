using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>One layer of the record: a sorted set of facts that can no longer change.</summary>
public sealed class EvidenceLayer
{
    internal EvidenceLayer(int number, IEnumerable<Fact> facts, Digest? previous)
    {
        Number = number;
        Facts = FactOrder.Sort(facts);
        Previous = previous;
        Root = Digest.Of(FactJson.Canonical(ToNode()));
    }

    /// <summary>1 for the facts up to QA, 2 for the gate.</summary>
    public int Number { get; }

    /// <summary>The facts, sorted by kind and then by their canonical bytes, without duplicates.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The root of the layer before, or null in layer 1.</summary>
    public Digest? Previous { get; }

    /// <summary>SHA-256 of the RFC 8785 form of {facts, formatVersion, layer, previous}; <c>previous</c> is left out in layer 1.</summary>
    public Digest Root { get; }

    internal JsonObject ToNode() => FactJson.With(
        new JsonObject
        {
            ["formatVersion"] = EvidenceGraph.FormatVersion,
            ["layer"] = Number,
            ["facts"] = new JsonArray([.. Facts.Select(f => (JsonNode?)FactJson.Write(f))]),
        },
        "previous",
        Previous?.ToString());
}
