using System.Text;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.OpenLineage;
using Kfm.Provenance.Tests.Evidence;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.OpenLineage;

public sealed class OpenLineageProjectionTests
{
    private static readonly OpenLineageProjection Projection = new();

    private static IReadOnlyList<LineageEvent> Events(EvidenceGraph graph) => LineageFile.Parse(Projection.Project(graph));

    [Fact]
    public void Every_run_has_a_start_and_a_terminal_event()
    {
        var graph = Graphs.Small();
        Assert.Equal(
            ["pr.agent START", "pr.agent COMPLETE", "pr.build START", "pr.build COMPLETE", "pr.qa START", "pr.qa FAIL", "pr.gate START", "pr.gate COMPLETE"],
            Events(graph).Select(e => $"{e.Job!.Name} {e.EventType}"));
        Assert.All(Events(graph), e => Assert.Equal(graph.Trace.Repository, e.Job!.Namespace));
    }

    [Fact]
    public void Skipped_run_emits_nothing_and_is_no_difference()
    {
        var skipped = new RunKey(Stage.Patch);
        var graph = Graphs.SmallBuilder()
            .Add(Graphs.Run(skipped, 1, RunOutcome.Skipped))
            .Add(new Tested(skipped, "patch.applies", CheckStatus.Skipped))
            .Add(new InformedBy(new RunKey(Stage.Build), skipped))
            .Freeze(Graphs.Trace);
        Assert.DoesNotContain(Events(graph), e => e.Job!.Name == "pr.patch");
        Assert.Null(Projection.Select(graph).Find(skipped));
        Assert.Empty(ConsistencyGate.Check(graph, Projection, Projection.Project(graph)));
    }

    [Fact]
    public void Inputs_stand_on_both_events_and_outputs_on_the_terminal_one()
    {
        var build = Events(Graphs.Small()).Where(e => e.Job!.Name == "pr.build").ToList();
        Assert.All(build, e => Assert.Equal(["patch.diff", "repo:."], e.Inputs!.Select(d => d.Name)));
        Assert.Null(build[0].Outputs);
        Assert.Equal(["artifacts/lib.dll", "manifest.json"], build[1].Outputs!.Select(d => d.Name));
        Assert.Equal("kfm+https://example.org/acme/parcels", build[1].Outputs![0].Namespace);
        Assert.Equal(Graphs.Content("lib").ToString(), build[1].Outputs![0].Facets!["version"]!["datasetVersion"]!.GetValue<string>());
    }

    [Fact]
    public void Failed_run_names_its_failed_checks()
    {
        var failed = Events(Graphs.Small()).Single(e => e.EventType == "FAIL");
        Assert.Equal("The run failed: tests", failed.Run!.Facets!["errorMessage"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public void Event_of_another_producer_keeps_what_the_model_does_not_know()
    {
        const string Text = """
            {"eventTime":"2023-04-04T13:21:16.098+02:00","producer":"p","schemaURL":"s","x":[1,{"y":null}],
             "run":{"runId":"not a uuid","facets":{"a_b":{"c":1.50}},"z":{}},
             "job":{"namespace":"n","name":"j"},"inputs":[],"outputs":[{"namespace":"n","name":"o","outputFacets":{},"q":true}]}
            """;
        var bytes = Encoding.UTF8.GetBytes(Text);
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Canonicalize(bytes)), Encoding.UTF8.GetString(LineageEvent.Parse(bytes).ToJson()));
    }

    [Theory]
    [InlineData("", "/0")]
    [InlineData("[]", "/0")]
    [InlineData("{\"eventTime\":1,\"producer\":\"p\",\"schemaURL\":\"s\"}", "/0/eventTime")]
    [InlineData("{\"eventTime\":\"t\",\"producer\":\"p\"}", "/0")]
    [InlineData("{\"eventTime\":\"t\",\"producer\":\"p\",\"schemaURL\":\"s\",\"run\":{}}", "/0/run")]
    [InlineData("{\"eventTime\":\"t\",\"producer\":\"p\",\"schemaURL\":\"s\",\"inputs\":[{\"namespace\":\"n\"}]}", "/0/inputs/0")]
    [InlineData("{\"eventTime\":\"t\",\"producer\":\"p\",\"schemaURL\":\"s\",\"job\":{\"namespace\":\"n\",\"name\":\"j\",\"facets\":1}}", "/0/job/facets")]
    public void Malformed_event_is_refused_at_its_place(string text, string pointer)
    {
        var lines = Encoding.UTF8.GetBytes(text.Length == 0 ? "{" : text);
        Assert.Equal(pointer, Assert.Throws<OpenLineageFormatException>(() => LineageFile.Parse(lines)).Pointer);
    }

    [Fact]
    public void File_is_written_whole_and_replaces_the_old_one()
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "events.ndjson");
        File.WriteAllText(path, "old and longer than nothing");
        var bytes = Projection.Project(Graphs.Small());
        LineageFile.Write(path, bytes);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
