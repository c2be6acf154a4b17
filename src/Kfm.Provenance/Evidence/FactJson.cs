using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>Facts as JSON objects: the member <c>kind</c> and the members of the kind; a member whose value is null is left out.</summary>
internal static class FactJson
{
    public static string Kind(Fact fact) => fact switch
    {
        ActedFor => "actedFor",
        Actor => "actor",
        Artifact => "artifact",
        AssociatedWith => "associatedWith",
        Decided => "decided",
        DerivedFrom => "derivedFrom",
        Generated => "generated",
        InformedBy => "informedBy",
        Labelled => "labelled",
        Measured => "measured",
        Run => "run",
        Tested => "tested",
        Trace => "trace",
        Used => "used",
        _ => throw new ArgumentException($"{fact.GetType()} is not a kind of fact.", nameof(fact)),
    };

    public static JsonObject Write(Fact fact)
    {
        var json = fact switch
        {
            ActedFor f => new JsonObject { ["actor"] = f.Actor, ["principal"] = f.Principal },
            Actor f => Write(f),
            Artifact f => Write(f),
            AssociatedWith f => new JsonObject { ["run"] = f.Run.ToString(), ["actor"] = f.Actor, ["role"] = f.Role },
            Decided f => Write(f),
            DerivedFrom f => new JsonObject { ["artifact"] = f.Artifact.ToString(), ["source"] = f.Source.ToString(), ["run"] = f.Run.ToString() },
            Generated f => new JsonObject { ["run"] = f.Run.ToString(), ["artifact"] = f.Artifact.ToString() },
            InformedBy f => new JsonObject { ["run"] = f.Run.ToString(), ["earlier"] = f.Earlier.ToString() },
            Labelled f => new JsonObject { ["run"] = f.Run.ToString(), ["name"] = f.Name, ["value"] = f.Value },
            Measured f => new JsonObject { ["run"] = f.Run.ToString(), ["metric"] = f.Metric, ["value"] = f.Value, ["unit"] = f.Unit },
            Run f => Write(f),
            Tested f => With(
                new JsonObject { ["run"] = f.Run.ToString(), ["name"] = f.Name, ["status"] = EnumText.Write(f.Status) },
                "detail",
                f.Detail),
            Trace f => Write(f),
            Used f => new JsonObject { ["run"] = f.Run.ToString(), ["artifact"] = f.Artifact.ToString(), ["role"] = f.Role },
            _ => throw new ArgumentException($"{fact.GetType()} is not a kind of fact.", nameof(fact)),
        };
        json["kind"] = Kind(fact);
        return json;
    }

    /// <summary>The RFC 8785 form of a JSON tree.</summary>
    public static byte[] Canonical(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            node.WriteTo(writer);
        }

        return CanonicalJson.Canonicalize(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Adds a member unless its value is null.</summary>
    public static JsonObject With(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }

    /// <summary>An array of strings.</summary>
    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode?)v)]);

    private static JsonObject Write(Actor f)
    {
        var json = new JsonObject { ["actorKind"] = EnumText.Write(f.Kind), ["id"] = f.Id };
        With(json, "version", f.Version);
        With(json, "model", f.Model?.ToString());
        With(json, "prompt", f.Prompt?.ToString());
        return With(json, "seed", f.Seed?.ToString());
    }

    private static JsonObject Write(Artifact f)
    {
        var json = new JsonObject
        {
            ["digest"] = f.Digest.ToString(),
            ["name"] = f.Name,
            ["mediaType"] = f.MediaType,
            ["size"] = f.Size,
            ["role"] = EnumText.Write(f.Role),
            ["classification"] = f.Classification,
        };
        return With(json, "gitObject", f.GitObject);
    }

    private static JsonObject Write(Decided f) => new()
    {
        ["run"] = f.Run.ToString(),
        ["decision"] = f.Decision.ToString(),
        ["input"] = f.Input.ToString(),
        ["policySet"] = f.PolicySet.ToString(),
        ["verdict"] = EnumText.Write(f.Verdict),
        ["reasons"] = Texts(f.Reasons),
    };

    private static JsonObject Write(Run f) => With(
        new JsonObject
        {
            ["run"] = f.Key.ToString(),
            ["started"] = EvidenceTime.Format(f.Started),
            ["ended"] = EvidenceTime.Format(f.Ended),
            ["outcome"] = EnumText.Write(f.Outcome),
        },
        "parent",
        f.Parent?.ToString());

    private static JsonObject Write(Trace f) => With(
        new JsonObject
        {
            ["repository"] = f.Repository,
            ["base"] = f.BaseCommit,
            ["head"] = f.HeadCommit,
            ["workflowRun"] = f.WorkflowRun,
            ["attempt"] = f.Attempt,
            ["policySet"] = f.PolicySet.ToString(),
        },
        "pullRequest",
        f.PullRequest);
}
