using System.Text.Json.Nodes;
using Kfm.Provenance.InToto;

namespace Kfm.Pipeline.Attestations;

/// <summary>What the verification of an attestation found.</summary>
internal sealed record AttestationReport
{
    /// <summary>Why it is not verified; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The statement whose signature is right, whether it says what was asked for or not; null when no signature is right.</summary>
    public Statement? Statement { get; init; }

    /// <summary>The ids of the keys.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    public string ToJson() => new JsonObject
    {
        ["command"] = "verify-attestation",
        ["result"] = Reason is null ? "verified" : "refused",
        ["reason"] = Reason,
        ["predicateType"] = Statement?.PredicateType,
        ["signers"] = new JsonArray([.. Signers.Select(s => (JsonNode?)s)]),
        ["subjects"] = new JsonArray([.. (Statement?.Subject ?? []).Select(s => (JsonNode?)new JsonObject { ["name"] = s.Name, ["digest"] = Digests(s) })]),
    }.ToJsonString();

    private static JsonObject Digests(ResourceDescriptor subject) => new(subject.Digest.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
}
