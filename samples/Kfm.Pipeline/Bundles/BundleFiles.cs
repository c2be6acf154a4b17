namespace Kfm.Pipeline.Bundles;

/// <summary>Where each file stands in a run bundle.</summary>
internal static class BundleFiles
{
    public const string Evidence = "evidence.json";
    public const string Intent = "intent.json";
    public const string Design = "design.md";
    public const string DesignTemplate = "design/template.md";
    public const string DesignReviews = "design/reviews";
    public const string Patch = "patch.diff";
    public const string AgentLog = "agent.json";
    public const string Artifacts = "artifacts";
    public const string Manifest = "manifest.json";
    public const string Sbom = "sbom/bom.cdx.json";
    public const string Tests = "qa/tests.json";
    public const string Checks = "qa/checks.json";
    public const string Prov = "prov/run.jsonld";
    public const string Lineage = "lineage/events.ndjson";
    public const string Context = "context.json";
    public const string Decision = "decision.json";
    public const string Policies = "policies";
    public const string SlsaProvenance = "attestations/provenance.dsse.json";
    public const string VerificationSummary = "attestations/vsa.dsse.json";
    public const string SbomStatement = "attestations/sbom.dsse.json";
    public const string Comment = "pr/comment.json";
    public const string Body = "pr/body.md";
    public const string Focus = "pr/focus.json";
    public const string FocusText = "pr/focus.md";
    public const string Telemetry = "telemetry.json";
    public const string Report = "report.html";
    public const string Sums = "SHA256SUMS";
    public const string Seal = "seal.dsse.json";
    public const string LedgerProof = "ledger.proof";
    public const string Rollout = "rollout.json";
    public const string Approvals = "approvals";
    public const string Overrides = "overrides";

    /// <summary>The media type of a file by its name, for the record.</summary>
    public static string MediaType(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".jsonld" => "application/ld+json",
        ".ndjson" => "application/x-ndjson",
        ".md" => "text/markdown",
        ".diff" => "text/x-diff",
        ".html" => "text/html",
        ".csv" => "text/csv",
        ".txt" => "text/plain",
        ".nupkg" => "application/zip",
        ".rego" => "text/x-rego",
        _ => "application/octet-stream",
    };

    /// <summary>Whether SHA256SUMS leaves the file out: the sums themselves, what is made from them, and what comes later.</summary>
    public static bool IsOutsideSums(string path) =>
        path is Sums or Seal or LedgerProof || IsSignedLater(path) || IsSigstore(path);

    /// <summary>Whether the file is an approval or an override, which people sign when the bundle is sealed.</summary>
    public static bool IsSignedLater(string path) =>
        path.StartsWith(Approvals + "/", StringComparison.Ordinal) || path.StartsWith(Overrides + "/", StringComparison.Ordinal);

    /// <summary>Whether the file is a Sigstore bundle over the sums or over a file that they list; it is made when the sums are there.</summary>
    public static bool IsSigstore(string path) =>
        path.StartsWith("attestations/", StringComparison.Ordinal) && path.EndsWith(".sigstore.json", StringComparison.Ordinal);
}
