using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.Prov;
using Kfm.Provenance.Tests.Evidence;

namespace Kfm.Provenance.Tests.Prov;

public sealed class ProvProjectionTests
{
    private static readonly ProvProjection Projection = new();

    private static JsonObject Bundle(EvidenceGraph graph) => JsonNode.Parse(Projection.Project(graph))!.AsObject();

    private static JsonObject Node(JsonObject bundle, string id) =>
        bundle["@graph"]!.AsArray().Select(n => n!.AsObject()).Single(n => n["@id"]!.GetValue<string>() == id);

    [Fact]
    public void No_node_is_blank()
    {
        Assert.All(Nodes(Bundle(Graphs.Small())), node => Assert.StartsWith("urn:", node["@id"]!.GetValue<string>(), StringComparison.Ordinal));

        static IEnumerable<JsonObject> Nodes(JsonNode node) => node switch
        {
            JsonObject o => (o.ContainsKey("@type") && o.ContainsKey("@id") ? [o] : Array.Empty<JsonObject>())
                .Concat(o.Where(m => m.Key != "@context").SelectMany(m => m.Value is null ? [] : Nodes(m.Value))),
            JsonArray a => a.SelectMany(n => Nodes(n!)),
            _ => [],
        };
    }

    [Fact]
    public void Decision_is_an_entity_that_the_gate_generated()
    {
        var graph = Graphs.Small();
        var node = Node(Bundle(graph), "urn:kfm:" + graph.Decision!.Decision);
        Assert.Equal("deny", node["kfm:verdict"]!.GetValue<string>());
        Assert.Equal(graph.Decision.PolicySet.ToString(), node["kfm:policySet"]!.GetValue<string>());
        Assert.Equal("urn:uuid:" + graph.RunId(new RunKey(Stage.Gate)), node["prov:wasGeneratedBy"]![0]!.GetValue<string>());
        Assert.Equal(2, node["kfm:reasons"]!.AsArray().Count);
    }

    [Fact]
    public void Content_under_two_names_is_one_entity_with_two_files()
    {
        var copy = new Artifact(Graphs.Content("lib"), "artifacts/copy.dll", "application/octet-stream", 3, ArtifactRole.Output);
        var graph = Graphs.SmallBuilder().Add(copy).Freeze(Graphs.Trace);
        var files = Node(Bundle(graph), copy.Id)["kfm:file"]!.AsArray();
        Assert.Equal(["artifacts/copy.dll", "artifacts/lib.dll"], files.Select(f => f!["kfm:name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.True(Projection.Parse(Projection.Project(graph)).Contains(copy));
    }

    [Theory]
    [InlineData("\"prov:Activity\"", "\"prov:Plan\"", "/@graph/0/@type")]
    [InlineData("urn:kfm:actor:", "urn:x:actor:", "/@graph/0/prov:qualifiedAssociation/0/prov:agent")]
    [InlineData("\"kfm:outcome\"", "\"kfm:result\"", "/@graph/0")]
    public void Unknown_shape_is_refused_at_its_place(string from, string to, string pointer)
    {
        var text = Encoding.UTF8.GetString(Projection.Project(Graphs.Small())).Replace(from, to, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text.TrimEnd('\n'));
        byte[] canonical = [.. CanonicalJson.Canonicalize(bytes), (byte)'\n'];
        Assert.Equal(pointer, Assert.Throws<ProvFormatException>(() => Projection.Parse(canonical)).Pointer);
    }

    [Fact]
    public void Context_of_another_meaning_is_refused()
    {
        var text = Encoding.UTF8.GetString(Projection.Project(Graphs.Small()))
            .Replace("http://www.w3.org/ns/prov#", "http://www.w3.org/ns/prow#", StringComparison.Ordinal);
        Assert.Equal("/@context/prov", Assert.Throws<ProvFormatException>(() => Projection.Parse(Encoding.UTF8.GetBytes(text))).Pointer);
    }
}
