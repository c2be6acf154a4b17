using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>What the statements of ours have in common: artifacts as descriptors, the record that they were made from.</summary>
internal static class StatementParts
{
    public static ResourceDescriptor Descriptor(Artifact artifact, IEnumerable<string>? usedAs = null)
    {
        var annotations = FactJson.With(
            new JsonObject
            {
                ["size"] = artifact.Size,
                ["role"] = EnumText.Write(artifact.Role),
                ["classification"] = artifact.Classification,
            },
            "gitObject",
            artifact.GitObject);
        if (usedAs is not null)
        {
            annotations["usedAs"] = FactJson.Texts(usedAs);
        }

        return new ResourceDescriptor
        {
            Name = artifact.Name,
            Uri = artifact.Id,
            Digest = DigestSet.Of(artifact.Digest),
            MediaType = artifact.MediaType,
            Annotations = annotations,
        };
    }

    /// <summary>Claims the artifact of a descriptor and returns its digest.</summary>
    public static Digest Artifact(JsonCursor json, Claims claims)
    {
        var annotations = json.Member("annotations");
        var digest = Sha256(json.Member("digest"));
        var artifact = new Artifact(
            digest,
            json.Member("name").Text(),
            json.Member("mediaType").Text(),
            annotations.Member("size").Integer(),
            annotations.Member("role").Word<ArtifactRole>(),
            annotations.Member("classification").Text())
        {
            GitObject = annotations.Optional("gitObject")?.Text(),
        };
        claims.Add(artifact, json);
        return digest;
    }

    public static Digest Sha256(JsonCursor digests) => Digest.TryParse("sha256:" + digests.Member("sha256").Text(), out var digest)
        ? digest
        : throw digests.Member("sha256").Error("64 lower-case hexadecimal digits are expected");

    /// <summary>The commit of the proposal as a descriptor.</summary>
    public static ResourceDescriptor Head(Trace trace) => new()
    {
        Uri = HeadUri(trace),
        Digest = new DigestSet([new("gitCommit", trace.HeadCommit)]),
    };

    public static string HeadUri(Trace trace) => $"git+{trace.Repository}@{trace.HeadCommit}";

    public static JsonObject Evidence(FactSet facts) => new() { ["root"] = facts.Root.ToString(), ["traceId"] = facts.TraceId.ToString() };

    public static void Evidence(JsonCursor json, Claims claims)
    {
        claims.AddRoot(json.Member("root"));
        claims.AddTraceId(json.Member("traceId"));
    }

    /// <summary>Builder or verifier: an id and, when it is known, a version.</summary>
    public static JsonObject Party(Actor? actor, string unknown)
    {
        var json = new JsonObject { ["id"] = actor?.Id ?? unknown };
        if (actor?.Version is { } version)
        {
            json["version"] = new JsonObject { [actor.Id] = version };
        }

        return json;
    }

    /// <summary>The actor of a role of a run: the first in the order of the facts.</summary>
    public static (AssociatedWith Association, Actor Actor)? PartyOf(FactSet facts, RunKey run, string role)
    {
        var association = facts.Of<AssociatedWith>().FirstOrDefault(a => a.Run == run && string.Equals(a.Role, role, StringComparison.Ordinal));
        return association is not null && facts.FindActor(association.Actor) is { } actor ? (association, actor) : null;
    }

    public static JsonObject Bare(Fact fact)
    {
        var json = FactJson.Write(fact);
        json.Remove("kind");
        return json;
    }
}
