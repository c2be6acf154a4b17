using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

public sealed class ProjectionTests
{
    private static readonly Arbitrary<int> Seeds = ArbMap.Default.ArbFor<int>();

    public static TheoryData<string> Names => [.. Projections.All.Select(p => p.Name)];

    private static Projection Of(string name) => Projections.All.Single(p => p.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_of_a_projection_gives_the_facts_it_was_made_from(string name) =>
        Prop.ForAll(Seeds, seed =>
        {
            var (projection, graph) = (Of(name), GraphGenerator.Graph(seed));
            if (!projection.Applies(graph))
            {
                return true;
            }

            var read = projection.Parse(projection.Project(graph));
            return read.Root == graph.Root
                && read.TraceId == graph.TraceId
                && read.Facts.SequenceEqual(projection.Select(graph).Facts)
                && read.Facts.All(graph.Facts.Contains);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Projection_of_a_reread_graph_gives_the_same_bytes(string name) =>
        Prop.ForAll(Seeds, seed =>
        {
            var (projection, graph) = (Of(name), GraphGenerator.Graph(seed));
            var reread = EvidenceGraph.Parse(graph.ToJson());
            return !projection.Applies(graph) || projection.Project(graph).AsSpan().SequenceEqual(projection.Project(reread));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Prov_carries_every_fact() =>
        Prop.ForAll(Seeds, seed =>
        {
            var graph = GraphGenerator.Graph(seed);
            return Of("prov/run.jsonld").Select(graph).Facts.SequenceEqual(graph.Facts.Facts);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_cut_anywhere_is_refused_with_the_exception_of_its_format(string name)
    {
        var projection = Of(name);
        var bytes = projection.Project(Graphs.Small());
        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.ThrowsAny<KfmException>(() => projection.Parse(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Record_without_a_build_or_decision_has_no_statement_about_it()
    {
        var graph = new EvidenceBuilder().Add(Graphs.Run(new RunKey(Stage.Build), 0, RunOutcome.Skipped)).Freeze(Graphs.Trace);
        Assert.Equal(["prov/run.jsonld"], Projections.All.Where(p => p.Applies(graph)).Select(p => p.Name));
        Assert.Throws<InvalidOperationException>(() => Of("attestations/vsa.dsse.json").Project(graph));
    }
}
