using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Bundles;

/// <summary>What the seal says: an in-toto Statement v1 about SHA256SUMS, and so about every file that it lists.</summary>
/// <param name="Sums">The SHA-256 of SHA256SUMS.</param>
/// <param name="TraceId">The id of the trace.</param>
/// <param name="EvidenceRoot">The root of the record's last layer.</param>
/// <param name="Decision">The SHA-256 of decision.json.</param>
/// <param name="Signer">The id of the key that signs; it stands in the signed part, because the hint in the envelope is not authenticated.</param>
internal sealed record SealStatement(Digest Sums, Guid TraceId, Digest EvidenceRoot, Digest Decision, string Signer)
{
    public const string PayloadType = "application/vnd.in-toto+json";
    public const string PredicateType = "https://kfm.dev/predicates/seal/v1";

    /// <summary>The statement in RFC 8785 canonical form.</summary>
    public byte[] ToUtf8() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = new JsonArray(new JsonObject
        {
            ["name"] = BundleFiles.Sums,
            ["digest"] = new JsonObject { ["sha256"] = Sums.Hex },
        }),
        ["predicateType"] = PredicateType,
        ["predicate"] = new JsonObject
        {
            ["formatVersion"] = 1,
            ["traceId"] = TraceId.ToString(),
            ["evidenceRoot"] = EvidenceRoot.ToString(),
            ["decision"] = Decision.ToString(),
            ["signer"] = Signer,
        },
    }.ToJsonString()));

    /// <summary>Whether a payload is exactly this statement, whoever signed it.</summary>
    public bool Matches(ReadOnlySpan<byte> payload, out string signer)
    {
        signer = SignerOf(payload) ?? "";
        return (this with { Signer = signer }).ToUtf8().AsSpan().SequenceEqual(payload);
    }

    private static string? SignerOf(ReadOnlySpan<byte> payload)
    {
        try
        {
            var root = JsonNode.Parse(CanonicalJson.Canonicalize(payload));
            return root is JsonObject o && o["predicate"] is JsonObject p && p["signer"] is JsonValue v && v.TryGetValue<string>(out var id) ? id : null;
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }
}
