using System.Text;
using Kfm.Gates.Decisions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Tests.Decisions;

/// <summary>Records of proposals: a good one, and changes of it.</summary>
internal static class Proposals
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    public static readonly Trace Trace = new(
        "https://example.org/acme/parcels", new string('b', 40), new string('c', 40), null, "run-7", 1, Content("policies"));

    private static readonly (Stage Stage, string Name)[] Checks =
    [
        (Stage.Intent, "secrets.intent"), (Stage.Design, "design.reviewed"), (Stage.Agent, "secrets.prompt"), (Stage.Agent, "secrets.answer"), (Stage.Agent, "agent.recorded"),
        (Stage.Patch, "patch.applies"), (Stage.Patch, "patch.tree"), (Stage.Build, "build.succeeded"), (Stage.Build, "build.reproducible"),
        (Stage.Build, "build.locked"), (Stage.Build, "sbom.complete"), (Stage.Qa, "tests"), (Stage.Qa, "lint"), (Stage.Qa, "secrets.patch"),
        (Stage.Qa, "contract:data/parcels.csv"), (Stage.Qa, "data:data/parcels.csv"), (Stage.Qa, "ethics.labels"),
    ];

    public static Digest Content(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    public static List<Fact> Good() =>
    [
        .. new[] { Stage.Intent, Stage.Design, Stage.Agent, Stage.Patch, Stage.Build, Stage.Qa }
            .Select((stage, i) => new Run(new RunKey(stage), Start.AddSeconds(i), Start.AddSeconds(i + 1), RunOutcome.Succeeded)),
        .. Checks.Select(check => new Tested(new RunKey(check.Stage), check.Name, CheckStatus.Passed)),
        new Actor(ActorKind.Ai, "ai:replay", "1") { Model = Content("model"), Prompt = Content("prompt"), Seed = Content("seed") },
        new AssociatedWith(new RunKey(Stage.Agent), "ai:replay", "proposer"),
        new Artifact(Content("tree"), "repo:.", "application/x-git-tree", 4, ArtifactRole.Source) { GitObject = new string('d', 40) },
        new Artifact(Content("patch"), "patch.diff", "text/x-diff", 5, ArtifactRole.Patch),
        new Generated(new RunKey(Stage.Agent), Content("patch")),
        new Used(new RunKey(Stage.Build), Content("patch"), "patch"),
        new Measured(new RunKey(Stage.Build), "build.differences", 0, "1"),
        new Measured(new RunKey(Stage.Qa), "coverage.lines", 0.875, "1"),
        new Measured(new RunKey(Stage.Build), "slsa.level", 1, "1"),
        new Labelled(new RunKey(Stage.Intent), "risk.intent", "low"),
        new Labelled(new RunKey(Stage.Patch), "risk.tier", "low"),
        new Labelled(new RunKey(Stage.Patch), "patch.path", "docs/b.md"),
        new Labelled(new RunKey(Stage.Patch), "patch.path", "docs/a.md"),
        new Labelled(new RunKey(Stage.Build), "build.isolation", "bubblewrap"),
        new Labelled(new RunKey(Stage.Build), "sbom.licence", "MIT"),
    ];

    public static EvidenceGraph Freeze(IEnumerable<Fact> facts) => new EvidenceBuilder().Add(facts).Freeze(Trace);

    public static ProvenanceReport Provenance(EvidenceGraph graph) => new()
    {
        Documents = [.. new[] { "attestations/provenance.dsse.json", "lineage/events.ndjson", "prov/run.jsonld" }
            .Select(name => new ProvenanceDocument(name, Content(name), graph.Root))],
        Signed = true,
    };

    public static byte[] Context(IEnumerable<Fact> facts)
    {
        var graph = Freeze(facts);
        return GateContext.Project(graph, Provenance(graph), Start.AddMinutes(1));
    }

    public static List<Fact> WithStatus(string check, CheckStatus status, string? detail = null) =>
        [.. Good().Select(fact => fact is Tested tested && tested.Name == check ? tested with { Status = status, Detail = detail } : fact)];

    public static List<Fact> WithLabel(string name, string value) =>
        [.. Good().Where(fact => fact is not Labelled label || label.Name != name), new Labelled(new RunKey(Stage.Patch), name, value)];

    public static List<Fact> Without(string check) => [.. Good().Where(fact => fact is not Tested tested || tested.Name != check)];
}
