using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Agent.Telemetry;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Agent.PullRequests;

/// <summary>
/// The comment for machines, pr/comment.json: <c>kfm_pr_id</c>, <c>preview</c>, <c>provenance</c>, <c>qa</c>, <c>telemetry</c>, <c>policy_gate</c>.
/// </summary>
/// <remarks>What was not measured or does not exist is null, never an invented value; the body of the pull request says why.</remarks>
public static class PullRequestComment
{
    /// <summary>The path of the file below the bundle.</summary>
    public const string FileName = "pr/comment.json";

    private const string Uuid = "urn:uuid:";
    private static readonly RunKey GateRun = new(Stage.Gate);

    /// <summary>Writes the comment: RFC 8785 and a newline.</summary>
    /// <param name="facts">What is said.</param>
    public static byte[] Write(PullRequestFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var graph = facts.Graph;
        var root = new JsonObject
        {
            ["kfm_pr_id"] = long.TryParse(graph.Trace.PullRequest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            ["preview"] = new JsonObject
            {
                ["artifact_manifest_sha256"] = facts.ManifestDigest?.ToString(),
                ["earthly_target"] = null,
                ["dagger_digest"] = null,
            },
            ["provenance"] = new JsonObject
            {
                ["openlineage_run_id"] = Uuid + graph.RunId(GateRun),
                ["prov_jsonld_ref"] = "prov/run.jsonld",
                ["slsa_attestation_ref"] = facts.ManifestDigest is null ? null : "attestations/provenance.dsse.json",
                ["sbom_ref"] = facts.HasSbom ? "sbom/bom.cdx.json" : null,
            },
            ["qa"] = new JsonObject { ["ge_report"] = null, ["tests_passed"] = facts.TestsPassed, ["coverage"] = facts.Coverage },
            ["telemetry"] = new JsonObject
            {
                ["energy_kwh"] = facts.Measure(TelemetryWords.Energy),
                ["co2e_kg"] = facts.Measure(TelemetryWords.Co2e),
                ["reliability_budget"] = facts.Labels(TelemetryWords.ReliabilityState) is [var state, ..] ? state : null,
            },
            ["policy_gate"] = new JsonObject
            {
                ["opa_decision"] = facts.Decided.Verdict.ToString().ToLowerInvariant(),
                ["reasons"] = new JsonArray([.. facts.Decided.Reasons.Select(r => (JsonNode?)r)]),
            },
        };
        return [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), (byte)'\n'];
    }

    /// <summary>What a comment claims, for the consistency gate.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <param name="facts">What it should say; the format has no place for the root of the record, so the whole text is compared.</param>
    /// <exception cref="CommentFormatException">The text is not such a comment, or says something else than the facts.</exception>
    public static DocumentFacts Parse(ReadOnlySpan<byte> utf8, PullRequestFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            var gate = document.RootElement.GetProperty("policy_gate");
            if (!Enum.TryParse<Verdict>(gate.GetProperty("opa_decision").GetString(), ignoreCase: true, out var verdict))
            {
                throw new CommentFormatException("the decision is none of deny, review, allow", "/policy_gate/opa_decision");
            }

            var claim = new DecisionClaim
            {
                Verdict = verdict,
                Reasons = [.. gate.GetProperty("reasons").EnumerateArray().Select(r => r.GetString() ?? "")],
                Pointer = "/policy_gate",
            };
            return Write(facts).AsSpan().SequenceEqual(utf8)
                ? new DocumentFacts(FileName, facts.Graph.Root) { Layer = 2, Decision = claim, TraceId = facts.Graph.TraceId }
                : throw new CommentFormatException("the comment is not what the record says", "");
        }
        catch (Exception e) when (e is JsonFormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommentFormatException(e.Message, "", e);
        }
    }
}
