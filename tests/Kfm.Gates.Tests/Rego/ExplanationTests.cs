using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class ExplanationTests
{
    private const string Policy = """
        package t

        import rego.v1

        deny contains msg if {
            some c in input.cs
            c.licence == "GPL"
            msg := sprintf("%s is GPL", [c.name])
        }

        deny contains "unsigned" if not input.signed

        allow if {
            count(deny) == 0
            input.user == "root"
        }
        """;

    [Fact]
    public void A_body_that_fired_shows_its_values()
    {
        var body = Explain().Single(b => b.Row == 5);
        Assert.True(body.Fired);
        Assert.Equal(["\"b is GPL\""], body.Values.Select(v => v.ToString()));
        Assert.Equal("data.t.deny", body.Rule);
    }

    [Fact]
    public void A_body_that_failed_shows_the_expression_and_its_place()
    {
        var body = Explain().Single(b => b.Rule == "data.t.allow");
        Assert.False(body.Fired);
        Assert.Equal([("count(deny) == 0", 14, 5, 1)], body.Failed.Select(f => (f.Text, f.Row, f.Col, f.Count)));
    }

    [Fact]
    public void An_expression_that_failed_for_some_members_is_counted()
    {
        var body = Explain().Single(b => b.Row == 5);
        Assert.Equal([("c.licence == \"GPL\"", 2)], body.Failed.Select(f => (f.Text, f.Count)));
    }

    [Fact]
    public void Events_come_in_the_order_of_evaluation_with_their_depth()
    {
        var events = new List<TraceEvent>();
        Prepare().Evaluate(RegoRun.Json("""{"cs": [], "signed": true}"""), new EvaluateOptions { Trace = events.Add });
        Assert.Equal(
            ["Enter 1 ", "Eval 1 count(deny) == 0", "Enter 2 ", "Eval 2 some c in input.cs", "Fail 2 some c in input.cs"],
            events.Take(5).Select(e => $"{e.Kind} {e.Depth} {e.Text}"));
    }

    [Fact]
    public void A_policy_compiled_without_trace_reports_nothing()
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", Policy)]).Prepare("data.t.allow");
        policy.Evaluate(RegoRun.Json("{}"), new EvaluateOptions { Trace = e => Assert.Fail(e.ToString()) });
    }

    private static IReadOnlyList<BodyExplanation> Explain()
    {
        var recorder = new ExplanationRecorder();
        Prepare().Evaluate(
            RegoRun.Json("""{"user": "joe", "signed": true, "cs": [{"name": "a", "licence": "MIT"}, {"name": "b", "licence": "GPL"}, {}]}"""),
            new EvaluateOptions { Trace = recorder.Record });
        return recorder.Bodies;
    }

    private static PreparedQuery Prepare() =>
        RegoEngine.Compile([new RegoModule("t.rego", Policy)], new RegoOptions { Trace = true }).Prepare("data.t.allow");
}
