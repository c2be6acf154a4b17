using System.Text;
using System.Text.Json.Nodes;
using Kfm.Gates.Decisions;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Tests.Decisions;

public class GateContextTests
{
    private static readonly EvidenceGraph Graph = Proposals.Freeze(Proposals.Good());
    private static readonly byte[] Bytes = Proposals.Context(Proposals.Good());

    private static byte[] Changed(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(Bytes)!.AsObject();
        change(root);
        return [.. CanonicalJson.Canonicalize(root), (byte)'\n'];
    }

    [Fact]
    public void Context_is_canonical_and_carries_the_root()
    {
        Assert.Equal((byte)'\n', Bytes[^1]);
        Assert.True(CanonicalJson.IsCanonical(Bytes.AsSpan(0, Bytes.Length - 1)));
        Assert.Equal(Graph.Root, GateContext.Parse(Bytes).EvidenceRoot);
    }

    [Fact]
    public void Every_fact_read_back_is_in_the_record()
    {
        var context = GateContext.Parse(Bytes);
        Assert.All(context.Facts, claim => Assert.True(Graph.Facts.Contains(claim.Fact), claim.Pointer));
        Assert.Equal(Graph.Facts.Of<Tested>().Count(), context.Facts.Count(claim => claim.Fact is Tested));
        Assert.Equal(Graph.TraceId, context.TraceId);
        Assert.True(context.IsProjectionOf(Graph));
        Assert.Empty(ConsistencyGate.Check(Graph, context.ToDocumentFacts()));
    }

    [Fact]
    public void Layer_2_does_not_change_the_context()
    {
        var gate = new RunKey(Stage.Gate);
        var later = Graph.Extend([new Run(gate, Proposals.Start.AddMinutes(1), Proposals.Start.AddMinutes(2), RunOutcome.Succeeded)]);
        Assert.Equal(Bytes, GateContext.Project(later, Proposals.Provenance(Graph), Proposals.Start.AddMinutes(1)));
    }

    [Fact]
    public void Labels_are_sorted()
    {
        var labels = JsonNode.Parse(Bytes)!["labels"]!["patch.path"]!.AsArray().Select(n => n!.ToString());
        Assert.Equal(["docs/a.md", "docs/b.md"], labels);
    }

    [Fact]
    public void Last_attempt_and_worse_check_stand()
    {
        var second = new RunKey(Stage.Qa, 2);
        var facts = Proposals.Good().Append(new Run(second, Proposals.Start.AddSeconds(9), Proposals.Start.AddSeconds(10), RunOutcome.Failed))
            .Append(new Tested(second, "tests", CheckStatus.Passed)).Append(new Tested(second, "tests", CheckStatus.Failed, "one"));
        var context = JsonNode.Parse(Proposals.Context(facts))!;
        Assert.Equal(2, (int)context["stages"]!["qa"]!["attempt"]!);
        Assert.Equal("failed", (string?)context["checks"]!["tests"]!["status"]);
        Assert.Null(context["checks"]!["lint"]);
    }

    [Fact]
    public void Changed_fact_is_not_the_projection()
    {
        var changed = GateContext.Parse(Changed(root => root["checks"]!["tests"]!["status"] = "skipped"));
        Assert.False(changed.IsProjectionOf(Graph));
        Assert.NotEmpty(ConsistencyGate.Check(Graph, changed.ToDocumentFacts()));
    }

    [Theory]
    [InlineData("{}\n", "")]
    [InlineData("", "")]
    [InlineData("[\n", "")]
    [InlineData("{ }\n", "")]
    public void Text_that_is_no_context_is_refused(string text, string pointer)
    {
        var error = Assert.Throws<ContextFormatException>(() => GateContext.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(pointer, error.Pointer);
    }

    [Fact]
    public void Wrong_member_is_refused_at_its_place()
    {
        var error = Assert.Throws<ContextFormatException>(() => GateContext.Parse(Changed(root => root["checks"]!["tests"]!["status"] = "fine")));
        Assert.Equal("/checks/tests/status", error.Pointer);
        Assert.Throws<ContextFormatException>(() => GateContext.Parse(Changed(root => root["extra"] = 1)));
        Assert.Throws<ContextFormatException>(() => GateContext.Parse(Changed(root => root["formatVersion"] = 2)));
        Assert.Throws<ContextFormatException>(() => GateContext.Parse(Changed(root => root["time"] = "2026-02-30T00:00:00.000Z")));
        Assert.Throws<ContextFormatException>(() => GateContext.Parse(Changed(root => root["checks"]!["tests"]!["stage"] = "gate")));
    }

    [Fact]
    public void Missing_final_newline_is_refused() => Assert.Throws<ContextFormatException>(() => GateContext.Parse(Bytes.AsSpan(0, Bytes.Length - 1)));
}
