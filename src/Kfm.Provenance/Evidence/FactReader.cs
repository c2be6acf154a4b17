using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>Reads facts from the objects that <see cref="FactJson"/> writes.</summary>
internal static class FactReader
{
    public static Fact Read(JsonCursor json) => json.Member("kind").Text() switch
    {
        "actedFor" => new ActedFor(json.Member("actor").Text(), json.Member("principal").Text()),
        "actor" => Actor(json),
        "artifact" => Artifact(json),
        "associatedWith" => new AssociatedWith(Run(json), json.Member("actor").Text(), json.Member("role").Text()),
        "decided" => Decided(json, Run(json)),
        "derivedFrom" => new DerivedFrom(json.Member("artifact").Digest(), json.Member("source").Digest(), Run(json)),
        "generated" => new Generated(Run(json), json.Member("artifact").Digest()),
        "informedBy" => new InformedBy(Run(json), json.Member("earlier").RunKey()),
        "labelled" => new Labelled(Run(json), json.Member("name").Text(), json.Member("value").Text()),
        "measured" => new Measured(Run(json), json.Member("metric").Text(), json.Member("value").Number(), json.Member("unit").Text()),
        "run" => RunFact(json),
        "tested" => new Tested(Run(json), json.Member("name").Text(), json.Member("status").Word<CheckStatus>(), json.Optional("detail")?.Text()),
        "trace" => Trace(json),
        "used" => new Used(Run(json), json.Member("artifact").Digest(), json.Member("role").Text()),
        var kind => throw json.Member("kind").Error($"'{kind}' is not a kind of fact that this version knows"),
    };

    public static Actor Actor(JsonCursor json) =>
        new(json.Member("actorKind").Word<ActorKind>(), json.Member("id").Text(), json.Optional("version")?.Text())
        {
            Model = json.Optional("model")?.Digest(),
            Prompt = json.Optional("prompt")?.Digest(),
            Seed = json.Optional("seed")?.Digest(),
        };

    public static Artifact Artifact(JsonCursor json) => new(
        json.Member("digest").Digest(),
        json.Member("name").Text(),
        json.Member("mediaType").Text(),
        json.Member("size").Integer(),
        json.Member("role").Word<ArtifactRole>(),
        json.Member("classification").Text())
    {
        GitObject = json.Optional("gitObject")?.Text(),
    };

    public static Decided Decided(JsonCursor json, RunKey run)
    {
        string[] reasons = [.. json.Member("reasons").Items().Select(r => r.Text())];
        return new Decided(
            run,
            json.Member("decision").Digest(),
            json.Member("input").Digest(),
            json.Member("policySet").Digest(),
            json.Member("verdict").Word<Verdict>(),
            FactListBuilder.Create<string>(reasons));
    }

    public static Run RunFact(JsonCursor json) => new(
        Run(json),
        json.Member("started").Time(),
        json.Member("ended").Time(),
        json.Member("outcome").Word<RunOutcome>(),
        json.Optional("parent")?.RunKey());

    public static Trace Trace(JsonCursor json) => new(
        json.Member("repository").Text(),
        json.Member("base").Text(),
        json.Member("head").Text(),
        json.Optional("pullRequest")?.Text(),
        json.Member("workflowRun").Text(),
        json.Member("attempt").Count(),
        json.Member("policySet").Digest());

    private static RunKey Run(JsonCursor json) => json.Member("run").RunKey();
}
