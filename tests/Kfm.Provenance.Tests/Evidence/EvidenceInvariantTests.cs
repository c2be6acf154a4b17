using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

public sealed class EvidenceInvariantTests
{
    private static readonly RunKey Agent = new(Stage.Agent);
    private static readonly RunKey Build = new(Stage.Build);

    public static TheoryData<string, string, Fact> Broken => new()
    {
        { "a second run of the same key", "C1", Graphs.Run(Build, 9) },
        { "a fact about an unknown run", "C1", new Labelled(new RunKey(Stage.Build, 2), "a", "b") },
        { "an unknown parent", "C1", Graphs.Run(new RunKey(Stage.Build, 2), 9) with { Parent = new RunKey(Stage.Intent) } },
        { "use of an unknown artifact", "C3", new Used(Build, Graphs.Content("?"), "source") },
        { "generation of an unknown artifact", "C2", new Generated(Build, Graphs.Content("?")) },
        { "a run that ends before it starts", "C4", new Run(new RunKey(Stage.Build, 2), Graphs.Start, Graphs.Start.AddMilliseconds(-1), RunOutcome.Failed) },
        { "a second trace", "C5", Graphs.Trace with { Attempt = 2 } },
        { "a decision in layer 1", "C6", new Decided(Build, Graphs.Content("d"), Graphs.Content("c"), Graphs.Trace.PolicySet, Verdict.Allow, []) },
        { "no generator", "C8", new Artifact(Graphs.Content("new"), "new", "text/plain", 1, ArtifactRole.Output) },
        { "derivation in a circle", "C8", new DerivedFrom(Graphs.Content("tree"), Graphs.Content("lib"), Build) },
        { "an unknown actor", "C9", new AssociatedWith(Agent, "person:eve", "author") },
        { "a second actor of the same id", "C9", new Actor(ActorKind.Software, "person:ada") },
        { "a model without prompt", "C9", new Actor(ActorKind.Ai, "ai:x") { Model = Graphs.Content("m"), Seed = Graphs.Content("s") } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Freeze_refuses(string what, string rule, Fact fact)
    {
        var builder = Graphs.SmallBuilder().Add(fact);
        var exception = Assert.Throws<EvidenceInvariantException>(() => builder.Freeze(Graphs.Trace));
        Assert.True(exception.Findings.Any(f => f.Rule == rule), what + ": " + exception.Message);
        Assert.Equal(exception.Findings, builder.Check(Graphs.Trace));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Facts_that_make_no_record_leave_one_that_says_so(string what, string rule, Fact fact)
    {
        var graph = Graphs.SmallBuilder().Add(fact).FreezeUnsound(Graphs.Trace);
        var test = Assert.Single(graph.Facts.Of<Tested>());
        Assert.Equal((EvidenceBuilder.SoundCheck, CheckStatus.Error), (test.Name, test.Status));
        Assert.True(test.Detail!.Contains(rule, StringComparison.Ordinal), what);
        Assert.Equal(graph.Root, EvidenceGraph.Parse(graph.ToJson()).Root);
        Assert.All(Projections.All.Where(p => p.Applies(graph)), p => Assert.Empty(ConsistencyGate.Check(graph, p, p.Project(graph))));
    }

    [Fact]
    public void Sound_facts_are_frozen_as_they_are() =>
        Assert.Throws<InvalidOperationException>(() => Graphs.SmallBuilder().FreezeUnsound(Graphs.Trace));

    [Fact]
    public void Freeze_refuses_a_skipped_run_that_wrote_something()
    {
        var key = new RunKey(Stage.Build, 2);
        var builder = Graphs.SmallBuilder().Add(Graphs.Run(key, 9, RunOutcome.Skipped)).Add(new Used(key, Graphs.Content("tree"), "source"));
        Assert.Equal(["C1"], builder.Check(Graphs.Trace).Select(f => f.Rule));
    }

    [Fact]
    public void Extend_refuses_a_second_decision()
    {
        var other = new Decided(new RunKey(Stage.Gate), Graphs.Content("d"), Graphs.Content("c"), Graphs.Trace.PolicySet, Verdict.Allow, []);
        Assert.Throws<EvidenceInvariantException>(() => Graphs.SmallLayer1().Extend(Graphs.GateFacts().Append(other)));
    }

    public static TheoryData<string, Fact> Malformed => new()
    {
        { "empty name", new Labelled(Build, "", "v") },
        { "lone surrogate", new Labelled(Build, "n", "\ud800") },
        { "not finite", new Measured(Build, "m", double.NaN, "1") },
        { "below the millisecond", new Run(Build, Graphs.Start.AddTicks(1), Graphs.Start.AddSeconds(1), RunOutcome.Succeeded) },
        { "negative size", new Artifact(Graphs.Content("a"), "a", "text/plain", -1, ArtifactRole.Log) },
        { "undefined word", new Tested(Build, "t", (CheckStatus)9) },
        { "attempt from 1", new Generated(new RunKey(Stage.Build, 0), Graphs.Content("a")) },
        { "short commit", Graphs.Trace with { HeadCommit = "abc" } },
        { "credentials", Graphs.Trace with { Repository = "https://me:secret@example.org/r" } },
        { "unsorted reasons", new Decided(Build, Graphs.Content("d"), Graphs.Content("c"), Graphs.Trace.PolicySet, Verdict.Deny, ["b", "a"]) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Add_refuses_a_malformed_fact(string what, Fact fact)
    {
        var exception = Assert.Throws<ArgumentException>(() => new EvidenceBuilder().Add(fact));
        Assert.True(exception.Message.Length > 0, what);
    }

    [Theory]
    [InlineData("build#1", true)]
    [InlineData("gate#12", true)]
    [InlineData("build#0", false)]
    [InlineData("build#01", false)]
    [InlineData("Build#1", false)]
    [InlineData("build", false)]
    [InlineData("build#1#1", false)]
    [InlineData("build# 1", false)]
    [InlineData(null, false)]
    public void RunKey_reads_only_what_it_writes(string? text, bool expected)
    {
        Assert.Equal(expected, RunKey.TryParse(text, out var key));
        Assert.Equal(expected ? text : "intent#0", key.ToString());
    }

    [Theory]
    [InlineData("2026-03-04T05:06:07.089Z", true)]
    [InlineData("2026-03-04T05:06:07Z", false)]
    [InlineData("2026-03-04T05:06:07.0890Z", false)]
    [InlineData("2026-03-04T05:06:07.089+00:00", false)]
    [InlineData("2026-02-30T05:06:07.089Z", false)]
    [InlineData(" 2026-03-04T05:06:07.089Z", false)]
    public void Times_have_one_form(string text, bool expected)
    {
        Assert.Equal(expected, EvidenceTime.TryParse(text, out var time));
        if (expected)
        {
            Assert.Equal(text, EvidenceTime.Format(time));
        }
    }
}
