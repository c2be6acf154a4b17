using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>
/// The decision as a Statement with a verification summary v1 about the commit of the proposal: PASSED when the verdict is allow, else FAILED.
/// </summary>
/// <remarks>
/// The input is context.json, the one document that the gate reads. No SLSA level is claimed: <c>verifiedLevels</c> holds <c>KFM_ALLOW</c>, or
/// <c>FAILED</c>. The bytes are the payload of the envelope <c>attestations/vsa.dsse.json</c>.
/// </remarks>
public sealed class VsaProjection : Projection
{
    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://slsa.dev/verification_summary/v1";

    private const string UnknownVerifier = "https://kfm.dev/verifiers/unknown";

    /// <inheritdoc/>
    public override string Name => "attestations/vsa.dsse.json";

    private protected override DocumentFraming Framing => DocumentFraming.Payload;

    internal static string Result(Verdict verdict) => verdict == Verdict.Allow ? "PASSED" : "FAILED";

    private protected override bool AppliesTo(FactSet facts) => Gate(facts) is not null;

    private protected override IEnumerable<Fact> Carried(FactSet facts)
    {
        var run = Gate(facts)?.Key;
        var verifier = run is { } key ? StatementParts.PartyOf(facts, key, "verifier") : null;
        return facts.Facts.Where(fact => fact switch
        {
            Trace or Decided => true,
            Run f => f.Key == run,
            AssociatedWith f => f == verifier?.Association,
            Actor f => f == verifier?.Actor,
            _ => false,
        });
    }

    private protected override IReadOnlyList<byte[]> Write(FactSet facts)
    {
        if (facts.Decision is not { } decided || Gate(facts) is not { } run)
        {
            return [];
        }

        var verifier = StatementParts.PartyOf(facts, run.Key, "verifier")?.Actor;
        var predicate = new JsonObject
        {
            ["verifier"] = StatementParts.Party(verifier, UnknownVerifier),
            ["timeVerified"] = EvidenceTime.Format(run.Ended),
            ["resourceUri"] = StatementParts.HeadUri(facts.Trace),
            ["policy"] = new ResourceDescriptor { Uri = "urn:kfm:" + decided.PolicySet, Digest = DigestSet.Of(decided.PolicySet) }.ToNode(),
            ["inputAttestations"] = new JsonArray((JsonNode)ResourceDescriptor.Of("context.json", decided.Input).ToNode()),
            ["verificationResult"] = Result(decided.Verdict),
            ["verifiedLevels"] = new JsonArray(decided.Verdict == Verdict.Allow ? "KFM_ALLOW" : "FAILED"),
            ["kfm_decision"] = new JsonObject
            {
                ["decision"] = decided.Decision.ToString(),
                ["verdict"] = EnumText.Write(decided.Verdict),
                ["reasons"] = FactJson.Texts(decided.Reasons),
            },
            ["kfm_run"] = StatementParts.Bare(run),
            ["kfm_runId"] = "urn:uuid:" + facts.RunId(run.Key),
            ["kfm_trace"] = StatementParts.Bare(facts.Trace),
            ["kfm_evidence"] = StatementParts.Evidence(facts),
        };
        if (verifier is not null)
        {
            predicate["kfm_verifier"] = StatementParts.Bare(verifier);
        }

        return [new Statement([StatementParts.Head(facts.Trace)], PredicateType, predicate).ToJson()];
    }

    private protected override void Read(IReadOnlyList<JsonCursor> parts, Claims claims) => new VsaReader(parts[0], claims).Read();

    private protected override KfmException Error(string message, string pointer) => new InTotoFormatException(message, pointer);

    private static Run? Gate(FactSet facts) => facts.Decision is { } decided ? facts.Find(decided.Run) : null;
}
