using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>
/// The last build that succeeded and made an output, as a Statement with SLSA provenance v1. The outputs are the subjects, what else the build wrote
/// is a by-product, what it read and the commit of the proposal are resolved dependencies.
/// </summary>
/// <remarks>The bytes are the payload of the envelope <c>attestations/provenance.dsse.json</c>; signing is not done here.</remarks>
public sealed class SlsaProjection : Projection
{
    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    /// <summary>The type of the build: two builds side by side of one commit, compared bit for bit.</summary>
    public const string BuildType = "https://kfm.dev/build/preview/v1";

    private const string UnknownBuilder = "https://kfm.dev/builders/unknown";

    /// <inheritdoc/>
    public override string Name => "attestations/provenance.dsse.json";

    private protected override DocumentFraming Framing => DocumentFraming.Payload;

    private protected override bool AppliesTo(FactSet facts) => Build(facts) is not null;

    private protected override IEnumerable<Fact> Carried(FactSet facts)
    {
        var run = Build(facts)?.Key;
        var artifacts = facts.Touched(key => key == run);
        var builder = run is { } build ? StatementParts.PartyOf(facts, build, "builder") : null;
        return facts.Facts.Where(fact => fact switch
        {
            Trace => true,
            Run f => f.Key == run,
            Artifact f => artifacts.Contains(f),
            Generated f => f.Run == run,
            Used f => f.Run == run,
            AssociatedWith f => f == builder?.Association,
            Actor f => f == builder?.Actor,
            _ => false,
        });
    }

    private protected override IReadOnlyList<byte[]> Write(FactSet facts)
    {
        if (Build(facts) is not { } run)
        {
            return [];
        }

        var generated = facts.Of<Generated>().Where(g => g.Run == run.Key).SelectMany(g => facts.Written(g.Artifact)).ToHashSet();
        var written = facts.Artifacts.Where(generated.Contains).ToLookup(a => a.Role == ArtifactRole.Output);
        var predicate = new JsonObject
        {
            ["buildDefinition"] = Definition(facts, run),
            ["runDetails"] = Details(facts, run, written[false]),
            ["kfm_evidence"] = StatementParts.Evidence(facts),
        };
        return [new Statement([.. written[true].Select(a => StatementParts.Descriptor(a))], PredicateType, predicate).ToJson()];
    }

    private protected override void Read(IReadOnlyList<JsonCursor> parts, Claims claims) => new SlsaReader(parts[0], claims).Read();

    private protected override KfmException Error(string message, string pointer) => new InTotoFormatException(message, pointer);

    private static Run? Build(FactSet facts)
    {
        var outputs = facts.Artifacts.Where(a => a.Role == ArtifactRole.Output).Select(a => a.Digest).ToHashSet();
        var productive = facts.Of<Generated>().Where(g => outputs.Contains(g.Artifact)).Select(g => g.Run).ToHashSet();
        return facts.Runs.LastOrDefault(r =>
            r.Key.Stage == Stage.Build && r.Outcome == RunOutcome.Succeeded && productive.Contains(r.Key));
    }

    private static JsonObject Definition(FactSet facts, Run run)
    {
        var roles = facts.Of<Used>().Where(u => u.Run == run.Key).ToLookup(u => u.Artifact, u => u.Role);
        var read = roles.SelectMany(g => facts.Read(g.Key)).ToHashSet();
        var inputs = facts.Artifacts.Where(read.Contains).Select(a => StatementParts.Descriptor(a, roles[a.Digest]));
        var parameters = StatementParts.Bare(facts.Trace);
        parameters.Remove("policySet");
        var definition = new JsonObject
        {
            ["buildType"] = BuildType,
            ["externalParameters"] = parameters,
            ["internalParameters"] = new JsonObject { ["policySet"] = facts.Trace.PolicySet.ToString() },
            ["resolvedDependencies"] = Descriptors(inputs.Prepend(StatementParts.Head(facts.Trace))),
        };
        return definition;
    }

    private static JsonObject Details(FactSet facts, Run run, IEnumerable<Artifact> byproducts)
    {
        var builder = StatementParts.PartyOf(facts, run.Key, "builder")?.Actor;
        var metadata = new JsonObject
        {
            ["invocationId"] = "urn:uuid:" + facts.RunId(run.Key),
            ["startedOn"] = EvidenceTime.Format(run.Started),
            ["finishedOn"] = EvidenceTime.Format(run.Ended),
            ["kfm_run"] = run.Key.ToString(),
        };
        FactJson.With(metadata, "kfm_parent", run.Parent?.ToString());
        if (builder is not null)
        {
            metadata["kfm_builder"] = StatementParts.Bare(builder);
        }

        return new JsonObject
        {
            ["builder"] = StatementParts.Party(builder, UnknownBuilder),
            ["metadata"] = metadata,
            ["byproducts"] = Descriptors(byproducts.Select(a => StatementParts.Descriptor(a))),
        };
    }

    private static JsonArray Descriptors(IEnumerable<ResourceDescriptor> descriptors) => new([.. descriptors.Select(d => (JsonNode?)d.ToNode())]);
}
