using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

public sealed class SameContentTests
{
    private static readonly RunKey Agent = new(Stage.Agent);
    private static readonly RunKey Build = new(Stage.Build);
    private static readonly RunKey Qa = new(Stage.Qa);

    private static Artifact File(string content, string name, ArtifactRole role) =>
        new(Graphs.Content(content), name, "text/plain", content.Length, role);

    public static TheoryData<string, Fact[]> Cases => new()
    {
        { "the build copies a source file", [File("tree", "artifacts/tree", ArtifactRole.Output), new Generated(Build, Graphs.Content("tree"))] },
        {
            "the build copies the patch",
            [
                File("patch", "artifacts/patch", ArtifactRole.Output), new Generated(Build, Graphs.Content("patch")),
                new DerivedFrom(Graphs.Content("tree"), Graphs.Content("patch"), Build),
                new DerivedFrom(Graphs.Content("patch"), Graphs.Content("tree"), Build),
            ]
        },
        {
            "the build copies the commit that it was made from",
            [
                File("tree", "artifacts/commit", ArtifactRole.Output), new Generated(Build, Graphs.Content("tree")),
                new DerivedFrom(Graphs.Content("tree"), Graphs.Content("tree"), Build),
            ]
        },
        {
            "two runs and two names are empty",
            [
                File("", "artifacts/empty", ArtifactRole.Output), File("", "artifacts/other", ArtifactRole.Output), File("", "qa/tests.log", ArtifactRole.Log),
                new Generated(Build, Graphs.Content("")), new Generated(Qa, Graphs.Content("")),
                new DerivedFrom(Graphs.Content(""), Graphs.Content("tree"), Build),
            ]
        },
        {
            "a data file equals an output, and nobody read it",
            [File("lib", "repo:data/lib.csv", ArtifactRole.Data)]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Record_with_equal_content_freezes_and_its_documents_agree(string what, Fact[] facts)
    {
        var graph = Graphs.SmallBuilder().Add(facts).Freeze(Graphs.Trace).Extend(Graphs.GateFacts());
        Assert.Equal(graph.Root, EvidenceGraph.Parse(graph.ToJson()).Root);
        foreach (var projection in Projections.All)
        {
            var document = projection.Project(graph);
            Assert.Equal(projection.Select(graph).Facts, projection.Parse(document).Facts);
            Assert.True(ConsistencyGate.Check(graph, projection, document).Count == 0, what + ": " + projection.Name);
        }
    }

    [Fact]
    public void Copied_source_is_an_output_of_the_build_under_its_own_name_only()
    {
        var graph = Graphs.SmallBuilder()
            .Add(File("tree", "artifacts/tree", ArtifactRole.Output)).Add(new Generated(Build, Graphs.Content("tree"))).Freeze(Graphs.Trace);
        var text = Encoding.UTF8.GetString(Projections.All.Single(p => p.Name == "attestations/provenance.dsse.json").Project(graph));
        var (materials, subjects) = (text.IndexOf("\"resolvedDependencies\"", StringComparison.Ordinal), text.IndexOf("\"subject\"", StringComparison.Ordinal));
        Assert.True(text.IndexOf("\"repo:.\"", StringComparison.Ordinal) > materials);
        Assert.Equal(text.IndexOf("\"repo:.\"", StringComparison.Ordinal), text.LastIndexOf("\"repo:.\"", StringComparison.Ordinal));
        Assert.True(text.IndexOf("\"artifacts/tree\"", StringComparison.Ordinal) > subjects);
    }

    [Fact]
    public void Derivation_is_told_by_the_run_in_which_the_content_is_new()
    {
        var (lib, tree) = (Graphs.Content("lib"), Graphs.Content("tree"));
        var graph = Graphs.SmallBuilder().Add(new Generated(Qa, lib)).Add(new DerivedFrom(lib, tree, Qa)).Add(new DerivedFrom(lib, lib, Build)).Freeze(Graphs.Trace);
        Assert.Equal([new DerivedFrom(lib, tree, Build)], graph.Facts.Of<DerivedFrom>());
        Assert.Equal(2, graph.Facts.Of<Generated>().Count(g => g.Artifact == lib));
    }

    [Fact]
    public void Output_that_only_has_equal_material_still_needs_a_run_that_wrote_it()
    {
        var builder = Graphs.SmallBuilder().Add(File("tree", "artifacts/tree", ArtifactRole.Output));
        Assert.Equal(["C8"], builder.Check(Graphs.Trace).Select(f => f.Rule));
    }

    [Fact]
    public void Agent_may_answer_with_what_it_was_given()
    {
        var builder = Graphs.SmallBuilder().Add(new Used(Agent, Graphs.Content("patch"), "example"));
        Assert.Empty(builder.Check(Graphs.Trace));
    }
}
