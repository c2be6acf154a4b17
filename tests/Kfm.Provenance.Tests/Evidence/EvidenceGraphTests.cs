using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tests.Evidence;

public sealed class EvidenceGraphTests
{
    private static readonly Arbitrary<int> Seeds = ArbMap.Default.ArbFor<int>();

    [Fact]
    public void Order_of_insertion_does_not_matter() =>
        Prop.ForAll(Seeds, Seeds, (seed, order) =>
        {
            var graph = GraphGenerator.Layer1(seed);
            Fact[] facts = [.. graph.Facts.Facts.Where(f => f is not Trace)];
            new Random(order).Shuffle(facts);
            return new EvidenceBuilder().Add(facts).Freeze(graph.Trace).ToJson().AsSpan().SequenceEqual(graph.ToJson());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_of_a_written_graph_gives_the_same_graph() =>
        Prop.ForAll(Seeds, seed =>
        {
            var graph = GraphGenerator.Graph(seed);
            var read = EvidenceGraph.Parse(graph.ToJson());
            return read.Root == graph.Root
                && read.TraceId == graph.TraceId
                && read.Facts.Facts.SequenceEqual(graph.Facts.Facts)
                && read.ToJson().AsSpan().SequenceEqual(graph.ToJson());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Open_layer_survives_a_change_of_process() =>
        Prop.ForAll(Seeds, seed =>
        {
            var graph = GraphGenerator.Layer1(seed);
            var builder = new EvidenceBuilder().Add(graph.Facts.Facts.Where(f => f is not Trace));
            return EvidenceBuilder.Load(builder.ToJson()).Freeze(graph.Trace).Root == graph.Root;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Layer_2_names_the_root_of_layer_1_and_leaves_it_as_it_was()
    {
        var first = Graphs.SmallLayer1();
        var second = first.Extend(Graphs.GateFacts().Concat(Graphs.SmallFacts()));
        Assert.Equal(first.Root, second.Layers[1].Previous);
        Assert.Equal(first.Root, second.At(1).Root);
        Assert.NotEqual(first.Root, second.Root);
        Assert.Equal(4, second.Layers[1].Facts.Count);
        Assert.Equal(Verdict.Deny, second.Decision!.Verdict);
        Assert.Null(first.Decision);
        Assert.Throws<InvalidOperationException>(() => second.Extend([]));
    }

    [Fact]
    public void Root_is_the_digest_of_the_canonical_layer()
    {
        var graph = Graphs.SmallLayer1();
        var layer = """{"facts":[""" + string.Join(',', graph.Layers[0].Facts.Select(f => Encoding.UTF8.GetString(FactJson.Canonical(FactJson.Write(f)))))
            + """],"formatVersion":1,"layer":1}""";
        Assert.Equal(CanonicalJson.Hash(Encoding.UTF8.GetBytes(layer)), graph.Root);
    }

    [Fact]
    public void Every_changed_byte_of_the_file_is_refused_with_a_pointer()
    {
        var bytes = Graphs.Small().ToJson();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.Throws<EvidenceFormatException>(() => EvidenceGraph.Parse(changed));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{}\n", "")]
    [InlineData("[]\n", "")]
    [InlineData("{\"formatVersion\":2,\"layers\":[]}\n", "/formatVersion")]
    [InlineData("{\"formatVersion\":1,\"layers\":[]}\n", "/layers")]
    [InlineData("{\"formatVersion\":1,\"layers\":[{\"facts\":[{\"kind\":\"guessed\"}]}]}\n", "/layers/0/facts/0/kind")]
    [InlineData("{\"formatVersion\":1,\"layers\":[{\"facts\":[{\"actor\":\"\",\"kind\":\"actedFor\",\"principal\":\"b\"}]}]}\n", "/layers/0/facts/0")]
    [InlineData("{\"formatVersion\":1, \"layers\":[]}\n", "")]
    [InlineData("{\"formatVersion\":1,\"open\":[]}\n", "")]
    public void Malformed_file_is_refused_at_its_place(string text, string pointer)
    {
        var exception = Assert.Throws<EvidenceFormatException>(() => EvidenceGraph.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(pointer, exception.Pointer);
    }

    [Fact]
    public void Wrong_root_is_refused_where_it_stands()
    {
        var graph = Graphs.Small();
        var text = Encoding.UTF8.GetString(graph.ToJson()).Replace($"\"root\":\"{graph.Root}\"", $"\"root\":\"{Graphs.Content("x")}\"", StringComparison.Ordinal);
        var exception = Assert.Throws<EvidenceFormatException>(() => EvidenceGraph.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("/layers/1/root", exception.Pointer);
    }

    [Fact]
    public void Ids_of_trace_and_run_are_derived_from_what_they_name()
    {
        var graph = Graphs.SmallLayer1();
        Assert.Equal(graph.TraceId, Graphs.Small().TraceId);
        Assert.Equal(graph.RunId(new RunKey(Stage.Build)), Graphs.Small().RunId(new RunKey(Stage.Build)));
        Assert.NotEqual(graph.RunId(new RunKey(Stage.Build)), graph.RunId(new RunKey(Stage.Build, 2)));
        Assert.Equal('5', graph.TraceId.ToString()[14]);
        var other = Graphs.SmallBuilder().Freeze(Graphs.Trace with { PullRequest = null });
        Assert.NotEqual(graph.TraceId, other.TraceId);
    }

    [Fact]
    public void Golden_root_and_ids_of_the_small_graph()
    {
        var graph = Graphs.Small();
        Assert.Equal("sha256:905be8bea1360874f022ad58d6ed78fe80ac3e19dac25f94eee8f069e6fea0de", graph.At(1).Root.ToString());
        Assert.Equal("sha256:1f380c18144caffb508bba3807434d2f97d3035ef9baefb3fbbe22407022e918", graph.Root.ToString());
        Assert.Equal("62a1373c-5bdd-5f54-bede-ddbd40fbae9a", graph.TraceId.ToString());
        Assert.Equal("dbbd657e-b792-59d3-98ca-0e636b2962f7", graph.RunId(new RunKey(Stage.Build)).ToString());
        Assert.Equal("sha256:5c44e0ae65195998d54a3806d5916ee2d2419675f11a44b9bc527490d9ec0cf2", Digest.Of(graph.ToJson()).ToString());
    }
}
