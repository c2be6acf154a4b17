using System.Text.Json;

namespace Kfm.Provenance.Slsa;

/// <summary>
/// The npm client writes provenance inside of the build, which could forge it: every claim must be one that the certificate makes too.
/// </summary>
internal static class CertificateRules
{
    public static SlsaRejection? Check(ProvenanceClaims claims, WorkflowIdentity signer) =>
        Variables(claims, signer)
        ?? Invocation(claims, signer)
        ?? (claims.ClaimsMoreThanCertificates ? NotProvable("times, parameters, configuration, completeness or reproducibility") : null)
        ?? (claims.Statement.Subject is [var only] && only.Digest.ContainsKey("sha512") ? null : NotProvable("other than one subject with a sha512"))
        ?? Equal("path of the workflow", claims.TriggerPath, signer.ConfigPath)
        ?? (claims.Dependencies == 1 ? null : NotProvable("other than one dependency"))
        ?? (claims is ProvenanceV1Claims current ? Workflow(current, signer) : null);

    // In version 0.2 the variables of the environment, in version 1 what GitHub says of the run.
    private static SlsaRejection? Variables(ProvenanceClaims claims, WorkflowIdentity signer)
    {
        var run = signer.RunNumbers;
        var known = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["GITHUB_EVENT_NAME"] = signer.Trigger,
            ["GITHUB_REF"] = signer.SourceRef,
            ["GITHUB_REPOSITORY"] = signer.SourceRepository,
            ["GITHUB_REPOSITORY_ID"] = signer.SourceId,
            ["GITHUB_REPOSITORY_OWNER_ID"] = signer.OwnerId,
            ["GITHUB_SHA"] = signer.SourceDigest,
            ["GITHUB_WORKFLOW_REF"] = signer.Workflow.StartsWith(GitReference.GitHub, StringComparison.Ordinal) ? signer.Workflow[GitReference.GitHub.Length..] : null,
            ["GITHUB_WORKFLOW_SHA"] = signer.WorkflowDigest,
            ["GITHUB_RUN_ID"] = run?.Run,
            ["GITHUB_RUN_ATTEMPT"] = run?.Attempt,
            ["EVENT_NAME"] = signer.Trigger,
            ["REPOSITORY_ID"] = signer.SourceId,
            ["REPOSITORY_OWNER_ID"] = signer.OwnerId,
            ["RUNNER_ENVIRONMENT"] = signer.Runner,
        };
        var variables = claims is ProvenanceV1Claims current ? Flat(current) : claims.Environment;
        foreach (var (name, value) in variables)
        {
            var rejection = known.TryGetValue(name, out var proven) && value.ValueKind == JsonValueKind.String
                ? Equal(name, value.GetString(), proven)
                : new(SlsaErrorCode.MismatchCertificate, $"The certificate does not speak of the variable {name}.");
            if (rejection is not null)
            {
                return rejection;
            }
        }

        return null;
    }

    private static Dictionary<string, JsonElement> Flat(ProvenanceV1Claims claims)
    {
        var all = new Dictionary<string, JsonElement>(claims.GitHub, StringComparer.Ordinal);
        foreach (var (name, value) in claims.Environment)
        {
            if (!string.Equals(name, "GITHUB", StringComparison.Ordinal) || value.ValueKind != JsonValueKind.Object)
            {
                all[name] = value;
            }
        }

        return all;
    }

    private static SlsaRejection? Invocation(ProvenanceClaims claims, WorkflowIdentity signer) =>
        string.IsNullOrEmpty(claims.InvocationId) ? null
        : claims is ProvenanceV1Claims ? Equal("invocation", claims.InvocationId, signer.RunUri)
        : Equal("invocation", claims.InvocationId, signer.RunNumbers is var (run, attempt) ? $"{run}-{attempt}" : null);

    private static SlsaRejection? Workflow(ProvenanceV1Claims claims, WorkflowIdentity signer) =>
        Equal("reference of the workflow", claims.WorkflowRef, signer.SourceRef)
        ?? Equal("commit of the source", claims.SourceCommit, signer.SourceDigest)
        ?? (claims.Parameters.Any(p => p != "workflow") ? NotProvable("parameters beside the workflow") : null);

    private static SlsaRejection? Equal(string what, string? claimed, string? proven) => string.Equals(claimed, proven, StringComparison.Ordinal) && proven is not null
        ? null
        : new(SlsaErrorCode.MismatchCertificate, $"The {what} is {claimed ?? "missing"}, the certificate says {proven ?? "nothing"}.");

    private static SlsaRejection NotProvable(string what) => new(SlsaErrorCode.NonVerifiableClaim, $"The provenance claims {what}, which no certificate proves.");
}
