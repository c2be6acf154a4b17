using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>Reads evidence.json, frozen (<c>layers</c>) and open (<c>open</c>).</summary>
internal static class EvidenceFile
{
    /// <summary>More facts than this are refused: a record describes one proposal.</summary>
    public const int MaxFacts = 200_000;

    public static EvidenceGraph ReadGraph(ReadOnlySpan<byte> utf8)
    {
        var root = Open(utf8);
        var layers = new List<EvidenceLayer>();
        var facts = new List<Fact>();
        var json = root.Member("layers");
        foreach (var layer in json.Items())
        {
            if (layers.Count == 2)
            {
                throw layer.Error("a record has one or two layers");
            }

            var read = ReadFacts(layer.Member("facts"));
            facts.AddRange(read);
            RequireInvariants(facts, layers.Count + 1, layer);
            var made = new EvidenceLayer(layers.Count + 1, read, layers.Count == 0 ? null : layers[^1].Root);
            if (layer.Member("root").Digest() != made.Root)
            {
                throw layer.Member("root").Error($"the recorded root is not the root of the facts, which is {made.Root}");
            }

            layers.Add(made);
        }

        if (layers.Count == 0)
        {
            throw json.Error("a record has one or two layers");
        }

        var graph = new EvidenceGraph(layers);
        RequireSame(graph.ToNode(), root);
        return graph;
    }

    public static IReadOnlyList<Fact> ReadOpen(ReadOnlySpan<byte> utf8)
    {
        var root = Open(utf8);
        var facts = ReadFacts(root.Member("open"));
        RequireSame(OpenNode(facts), root);
        return facts;
    }

    public static JsonObject OpenNode(IEnumerable<Fact> facts) => new()
    {
        ["formatVersion"] = EvidenceGraph.FormatVersion,
        ["open"] = new JsonArray([.. FactOrder.Sort(facts).Select(f => (JsonNode?)FactJson.Write(f))]),
    };

    private static JsonCursor Open(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8[^1] != (byte)'\n')
        {
            throw new EvidenceFormatException("the text does not end with a newline", "");
        }

        var root = JsonCursor.Open(utf8[..^1], "", static (message, pointer) => new EvidenceFormatException(message, pointer));
        var version = root.Member("formatVersion");
        return version.Integer() == EvidenceGraph.FormatVersion
            ? root
            : throw version.Error($"the version is {version}, and this program reads {EvidenceGraph.FormatVersion}");
    }

    private static List<Fact> ReadFacts(JsonCursor json)
    {
        var facts = new List<Fact>();
        foreach (var item in json.Items())
        {
            if (facts.Count == MaxFacts)
            {
                throw item.Error($"a record has at most {MaxFacts} facts");
            }

            var fact = FactReader.Read(item);
            if (FactLimits.Problem(fact) is { } problem)
            {
                throw item.Error(problem);
            }

            facts.Add(fact);
        }

        return facts;
    }

    private static void RequireInvariants(List<Fact> facts, int layer, JsonCursor at)
    {
        if (EvidenceInvariants.Check(facts, layer) is [var first, ..])
        {
            throw at.Error($"{first.Rule}: {first.Message}");
        }
    }

    // What was read must give the same text again: no unknown member, no other order, no second copy.
    private static void RequireSame(JsonNode expected, JsonCursor actual)
    {
        var wanted = JsonCursor.Open(FactJson.Canonical(expected), "", static (m, p) => new EvidenceFormatException(m, p));
        if (JsonDifference.First(wanted.Element, actual.Element, "") is var (pointer, message))
        {
            throw new EvidenceFormatException(message, pointer);
        }
    }
}
