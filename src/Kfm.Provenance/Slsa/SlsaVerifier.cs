using Kfm.Provenance.InToto;

namespace Kfm.Provenance.Slsa;

/// <summary>
/// Compares SLSA provenance 0.2 and 1 of builders on GitHub with what the caller expects, by the rules of slsa-verifier. The order of the checks is
/// builder, source, digest, branch, tag, versioned tag, inputs: the first that fails names the error.
/// </summary>
/// <remarks>
/// The signature, the certificate and its time are verified before, with Sigstore; <paramref name="signer"/> and the payload come from there.
/// Pure: nothing is read but the arguments. Never throws for bad data.
/// </remarks>
/// <param name="signer">What the verified certificate says.</param>
public sealed class SlsaVerifier(WorkflowIdentity signer)
{
    /// <summary>Verifies provenance of slsa-github-generator and of builders that it delegates to.</summary>
    /// <param name="payloadType">The type of the verified payload.</param>
    /// <param name="payload">The verified payload of the envelope: a statement, at most 64 MiB.</param>
    /// <param name="expected">What the provenance must say.</param>
    public SlsaVerification VerifyArtifact(string payloadType, ReadOnlySpan<byte> payload, SlsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var rejection = Builder(expected, allowDefaults: true)
            ?? CommonRules.CertificateSource(signer, expected.SourceUri);
        if (rejection is not null)
        {
            return new SlsaVerification(rejection);
        }

        rejection = Read(payloadType, payload, out var claims)
            ?? Provenance(claims!, expected);
        return Answer(rejection, claims?.BuilderId);
    }

    /// <summary>Verifies an attestation that GitHub's own action made; the caller has to name the builder.</summary>
    /// <param name="payloadType">The type of the verified payload.</param>
    /// <param name="payload">The verified payload of the envelope: a statement, at most 64 MiB.</param>
    /// <param name="expected">What the provenance must say.</param>
    public SlsaVerification VerifyGitHubAttestation(string payloadType, ReadOnlySpan<byte> payload, SlsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var rejection = Builder(expected, allowDefaults: false)
            ?? CommonRules.CertificateSource(signer, expected.SourceUri);
        if (rejection is not null)
        {
            return new SlsaVerification(rejection);
        }

        rejection = Read(payloadType, payload, out var claims)
            ?? (claims is ProvenanceV1Claims { BuildType: KnownBuilders.GitHubWorkflow }
                ? null
                : new SlsaRejection(SlsaErrorCode.InvalidBuildType, $"GitHub's attestations are not of the build type {claims!.BuildType}."))
            ?? Exact(claims!, signer.Builder)
            ?? CommonRules.Check(claims!, expected);
        return Answer(rejection, claims?.BuilderId);
    }

    internal static SlsaRejection? Read(string payloadType, ReadOnlySpan<byte> payload, out ProvenanceClaims? claims)
    {
        claims = null;
        return string.Equals(payloadType, Statement.PayloadType, StringComparison.Ordinal)
            ? ProvenanceClaims.Read(payload, out claims)
            : ProvenanceClaims.Invalid($"the payload is of the type '{payloadType}'.");
    }

    internal static SlsaVerification Answer(SlsaRejection? rejection, string? builderId) =>
        rejection is null ? new SlsaVerification(builderId) : new SlsaVerification(rejection);

    /// <summary>Whether the builder that the provenance of a delegated build names is at a release.</summary>
    internal static SlsaRejection? DelegatedBuilder(ProvenanceClaims claims, string? expected)
    {
        if (!BuilderReference.TryParse(claims.BuilderId ?? "", out var builder) || builder.Version.Length == 0)
        {
            return new(SlsaErrorCode.InvalidBuilderID, $"The builder '{claims.BuilderId}' is not written name@reference.");
        }

        return Release(builder)
            ?? (expected is not null ? builder.Match(expected, exact: false)
                : builder.Name.StartsWith(KnownBuilders.Generator, StringComparison.Ordinal) ? null
                : new(SlsaErrorCode.InvalidBuilderID, $"The builder {builder} is not one of slsa-github-generator; name it to trust it."));
    }

    // The JReleaser builders carry their language in the tag.
    internal static SlsaRejection? Release(BuilderReference builder)
    {
        const string JReleaser = "https://github.com/jreleaser/release-action/";
        if (GitReference.Name(builder.Version, "tags", out var tag) is { } rejection)
        {
            return rejection;
        }

        var plain = builder.Name.StartsWith(JReleaser, StringComparison.Ordinal)
            ? tag.EndsWith("-java", StringComparison.Ordinal) ? tag[..^"-java".Length] : ""
            : tag;
        return SemanticTag.IsRelease(plain) ? null : new(SlsaErrorCode.InvalidRef, $"The builder is at {builder.Version}, which is not the tag of a release.");
    }

    // The workflow in the certificate is the builder that was asked for, or a delegator, whose provenance names the builder.
    private SlsaRejection? Builder(SlsaExpectations all, bool allowDefaults)
    {
        var expected = all.BuilderId;
        if (CommonRules.Issuer(signer) is { } rejection)
        {
            return rejection;
        }

        var builder = signer.Builder;
        if (builder.Version is not { Length: > 0 } || !builder.Name.StartsWith(GitReference.GitHub, StringComparison.Ordinal))
        {
            return new(SlsaErrorCode.MalformedURI, $"The workflow '{signer.Workflow}' is not one on github.com at a reference.");
        }

        var trusted = string.IsNullOrEmpty(expected)
            ? allowDefaults && KnownBuilders.IsTrusted(builder.Name)
            : (allowDefaults && KnownBuilders.IsDelegator(builder.Name)) || builder.Match(expected, exact: false) is null;
        return trusted
            ? (all.AllowTestBuilders && IsTest(builder) ? null : Release(builder))
            : new(SlsaErrorCode.UntrustedReusableWorkflow, $"The workflow {builder} signed, expected is {(string.IsNullOrEmpty(expected) ? "a builder that the caller names" : expected)}.");
    }

    private bool IsTest(BuilderReference builder) =>
        signer.SourceRepository is "slsa-framework/slsa-github-generator" or "slsa-framework/example-package"
        && (builder.Version is "refs/heads/main"
            || (GitReference.Name(builder.Version, "tags", out var tag) is null && SemanticTag.IsRelease(tag.Split('-')[0])));

    private SlsaRejection? Provenance(ProvenanceClaims claims, SlsaExpectations expected) =>
        KnownBuilders.Check(signer.Builder.Name, claims)
        ?? (KnownBuilders.IsDelegator(signer.Builder.Name) ? DelegatedBuilder(claims, expected.BuilderId) : Exact(claims, signer.Builder))
        ?? CommonRules.Check(claims, expected);

    private static SlsaRejection? Exact(ProvenanceClaims claims, BuilderReference signed) =>
        BuilderReference.TryParse(claims.BuilderId ?? "", out var builder)
            ? builder.Match(signed.ToString(), exact: true)
            : new(SlsaErrorCode.InvalidFormat, $"The builder '{claims.BuilderId}' is not written name@reference.");
}
