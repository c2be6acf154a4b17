using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

/// <summary>A small record that stands for a real run, and random ones by seed.</summary>
internal static class Graphs
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    public static Digest Content(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    public static Trace Trace { get; } = new(
        "https://example.org/acme/parcels",
        new string('b', 40),
        "0123456789abcdef0123456789abcdef01234567",
        "42",
        "run-7",
        1,
        Content("policies"));

    public static Run Run(RunKey key, int second, RunOutcome outcome = RunOutcome.Succeeded) =>
        new(key, Start.AddSeconds(second), Start.AddSeconds(second).AddMilliseconds(1500), outcome);

    public static EvidenceBuilder SmallBuilder() => new EvidenceBuilder().Add(SmallFacts());

    public static IEnumerable<Fact> SmallFacts()
    {
        var (agent, build, qa) = (new RunKey(Stage.Agent), new RunKey(Stage.Build), new RunKey(Stage.Qa));
        return
        [
            new Actor(ActorKind.Human, "person:ada"),
            new Actor(ActorKind.Ai, "ai:replay", "1") { Model = Content("model"), Prompt = Content("prompt"), Seed = Content("seed") },
            new Actor(ActorKind.Software, "software:kfm", "0.1.0"),
            new ActedFor("ai:replay", "person:ada"),
            Run(agent, 0),
            Run(build, 2),
            Run(qa, 4, RunOutcome.Failed),
            new AssociatedWith(agent, "ai:replay", "proposer"),
            new AssociatedWith(build, "software:kfm", "builder"),
            new Artifact(Content("tree"), "repo:.", "application/x-git-tree", 4, ArtifactRole.Source) { GitObject = Trace.HeadCommit },
            new Artifact(Content("patch"), "patch.diff", "text/x-diff", 5, ArtifactRole.Patch, "internal"),
            new Artifact(Content("lib"), "artifacts/lib.dll", "application/octet-stream", 3, ArtifactRole.Output),
            new Artifact(Content("manifest"), "manifest.json", "application/json", 8, ArtifactRole.Manifest),
            new Artifact(Content("tests"), "qa/tests.json", "application/json", 5, ArtifactRole.Report),
            new Generated(agent, Content("patch")),
            new Used(build, Content("tree"), "source"),
            new Used(build, Content("patch"), "patch"),
            new Generated(build, Content("lib")),
            new Generated(build, Content("manifest")),
            new DerivedFrom(Content("lib"), Content("tree"), build),
            new InformedBy(qa, build),
            new Used(qa, Content("lib"), "subject"),
            new Generated(qa, Content("tests")),
            new Tested(build, "build.reproducible", CheckStatus.Passed),
            new Tested(qa, "tests", CheckStatus.Failed, "Area.Tests: 1 of 3 failed"),
            new Measured(qa, "coverage.lines", 0.625, "1"),
            new Labelled(agent, "risk.tier", "low"),
        ];
    }

    public static EvidenceGraph SmallLayer1() => SmallBuilder().Freeze(Trace);

    public static IEnumerable<Fact> GateFacts(Verdict verdict = Verdict.Deny)
    {
        var gate = new RunKey(Stage.Gate);
        return
        [
            Run(gate, 6),
            new AssociatedWith(gate, "software:kfm", "verifier"),
            new InformedBy(gate, new RunKey(Stage.Qa)),
            new Decided(gate, Content("decision"), Content("context"), Trace.PolicySet, verdict, ["qa: tests failed", "security: no seal"]),
        ];
    }

    public static EvidenceGraph Small() => SmallLayer1().Extend(GateFacts());
}
