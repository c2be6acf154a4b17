using Kfm.Provenance.InToto.Predicates;

namespace Kfm.Pipeline.Attestations;

/// <summary>Short names of predicate types, as cosign has them; what is none of them is a URI.</summary>
internal static class PredicateTypes
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["slsaprovenance"] = SlsaProvenanceV1.TypeUri,
        ["slsaprovenance1"] = SlsaProvenanceV1.TypeUri,
        ["slsaprovenance02"] = SlsaProvenanceV02.TypeUri,
        ["vsa"] = VerificationSummary.TypeUri,
        ["link"] = Link.TypeUri,
        ["spdxjson"] = BillOfMaterials.SpdxType,
        ["cyclonedx"] = BillOfMaterials.CycloneDxType,
        ["vuln"] = VulnerabilityScan.TypeUri,
        ["test-result"] = TestResult.TypeUri,
        ["scai"] = ScaiReport.TypeUri,
        ["svr"] = SimpleVerificationResult.TypeUri,
        ["release"] = Release.TypeUri,
    };

    public static string Known => string.Join(", ", Names.Keys);

    /// <exception cref="AttestationInputException">The text is neither a short name nor a URI.</exception>
    public static string Parse(string text) =>
        Names.TryGetValue(text, out var type) ? type
        : Uri.TryCreate(text, UriKind.Absolute, out _) ? text
        : throw new AttestationInputException($"'{text}' is not the type of a predicate; give a URI or one of {Known}.");
}
