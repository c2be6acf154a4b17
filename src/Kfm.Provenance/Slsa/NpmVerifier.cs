using System.Text.Json.Nodes;
using Kfm.Provenance.InToto;

namespace Kfm.Provenance.Slsa;

/// <summary>
/// Compares the two attestations of an npm package, provenance and publication, with what the caller expects, by the rules of slsa-verifier.
/// </summary>
/// <remarks>
/// Both signatures are verified before: that of the provenance with Sigstore, that of the publication with the registry's key. Never throws for bad data.
/// </remarks>
/// <param name="signer">What the verified certificate of the provenance says.</param>
public sealed class NpmVerifier(WorkflowIdentity signer)
{
    private const string PackagePrefix = "pkg:npm/";
    private const string PublicationPrefix = "https://github.com/npm/attestation/tree/main/specs/publish/";

    /// <summary>Verifies the provenance: builder, source, digest, branch, tag, versioned tag, inputs.</summary>
    /// <param name="payloadType">The type of the verified payload.</param>
    /// <param name="payload">The verified payload of the envelope: a statement, at most 64 MiB.</param>
    /// <param name="expected">What the provenance must say. The builder must be named.</param>
    public SlsaVerification VerifyProvenance(string payloadType, ReadOnlySpan<byte> payload, SlsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var delegated = string.Equals(signer.Builder.Name, KnownBuilders.LowPermissionsDelegator, StringComparison.Ordinal);
        var rejection = CommonRules.Issuer(signer)
            ?? CommonRules.CertificateSource(signer, expected.SourceUri)
            ?? Builder(expected.BuilderId, delegated);
        if (rejection is not null)
        {
            return new SlsaVerification(rejection);
        }

        rejection = SlsaVerifier.Read(payloadType, payload, out var claims)
            ?? KnownBuilders.Check(delegated ? signer.Builder.Name : BuilderName(expected.BuilderId!), claims!)
            ?? (delegated ? SlsaVerifier.DelegatedBuilder(claims!, expected.BuilderId) : NpmBuilder(claims!, expected.BuilderId!))
            ?? CommonRules.Check(claims!, expected)
            ?? (delegated ? null : CertificateRules.Check(claims!, signer));
        return SlsaVerifier.Answer(rejection, claims?.BuilderId);
    }

    /// <summary>Verifies name and version of the package in both attestations, and the digest in the publication.</summary>
    /// <param name="provenance">The verified payload of the provenance.</param>
    /// <param name="publication">The verified payload of the publication.</param>
    /// <param name="expected">What they must say.</param>
    public static SlsaVerification VerifyPackage(ReadOnlySpan<byte> provenance, ReadOnlySpan<byte> publication, SlsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Statement built, published;
        try
        {
            (built, published) = (Statement.Parse(provenance), Statement.Parse(publication));
        }
        catch (InTotoFormatException e)
        {
            return new SlsaVerification(ProvenanceClaims.Invalid(e.Message));
        }

        var hasDigest = published.Subject.Any(s =>
            s.Digest.TryGetValue(expected.Digest.Key, out var value) && string.Equals(value, expected.Digest.Value, StringComparison.Ordinal));
        var rejection = hasDigest
            ? published.PredicateType.StartsWith(PublicationPrefix, StringComparison.Ordinal)
                ? Package(built, published, expected)
                : ProvenanceClaims.Invalid($"the publication is of the type {published.PredicateType}.")
            : new SlsaRejection(SlsaErrorCode.MismatchHash, $"The publication is not of the {expected.Digest.Key} {expected.Digest.Value}.");
        return SlsaVerifier.Answer(rejection, builderId: null);
    }

    private static SlsaRejection? Package(Statement built, Statement published, SlsaExpectations expected)
    {
        var predicate = published.Predicate;
        return NameAndVersion(built, out var name, out var version)
            ?? NameAndVersion(published, out var publishedName, out var publishedVersion)
            ?? Mismatch(SlsaErrorCode.MismatchPackageName, expected.PackageName, name, publishedName, Text(predicate["name"]))
            ?? Mismatch(SlsaErrorCode.MismatchPackageVersion, expected.PackageVersion, version, publishedVersion, Text(predicate["version"]));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static SlsaRejection? Mismatch(SlsaErrorCode code, string? expected, params ReadOnlySpan<string?> found)
    {
        foreach (var one in found)
        {
            if (expected is not null && !string.Equals(one, expected, StringComparison.Ordinal))
            {
                return new(code, $"The package says {one ?? "nothing"}, expected is {expected}.");
            }
        }

        return null;
    }

    // pkg:npm/%40scope/name@version
    private static SlsaRejection? NameAndVersion(Statement statement, out string name, out string version)
    {
        (name, version) = ("", "");
        if (statement.Subject is not [{ Name: { } subject }] || !subject.StartsWith(PackagePrefix, StringComparison.Ordinal))
        {
            return new(SlsaErrorCode.InvalidPackageName, "The subject is not one npm package.");
        }

        var text = Uri.UnescapeDataString(subject[PackagePrefix.Length..]);
        var at = text.LastIndexOf('@');
        (name, version) = at > 0 ? (text[..at], text[(at + 1)..]) : (text, "");
        return name.LastIndexOf('@') <= 0 ? null : new(SlsaErrorCode.InvalidPackageName, $"'{subject}' is not the name of an npm package.");
    }

    private static string BuilderName(string id) => BuilderReference.TryParse(id, out var builder) ? builder.Name : id;

    // Older provenance says only "runner", and means one that GitHub hosts.
    private static SlsaRejection? NpmBuilder(ProvenanceClaims claims, string expected)
    {
        if (!BuilderReference.TryParse(claims.BuilderId ?? "", out var builder))
        {
            return new(SlsaErrorCode.InvalidFormat, $"The builder '{claims.BuilderId}' is not written name or name@reference.");
        }

        var other = expected is KnownBuilders.NpmHosted ? KnownBuilders.NpmLegacy : KnownBuilders.NpmHosted;
        var rejection = builder.Match(expected, exact: false);
        return rejection is not null && expected is not KnownBuilders.NpmSelfHosted && builder.Match(other, exact: false) is null ? null : rejection;
    }

    private SlsaRejection? Builder(string? expected, bool delegated)
    {
        if (string.IsNullOrEmpty(expected))
        {
            return new(SlsaErrorCode.InvalidBuilderID, "Name the builder.");
        }

        var hosted = signer.Runner switch { "github-hosted" => true, "self-hosted" => false, _ => (bool?)null };
        if (delegated)
        {
            return hosted != false ? SlsaVerifier.Release(signer.Builder) : new(SlsaErrorCode.MismatchBuilderID, "The workflow ran on a machine that GitHub does not host.");
        }

        if (hosted is null)
        {
            return new(SlsaErrorCode.NotSupported, "The certificate does not say who hosts the machine.");
        }

        return expected switch
        {
            KnownBuilders.NpmLegacy or KnownBuilders.NpmHosted => hosted.Value ? null : new(SlsaErrorCode.MismatchBuilderID, "The machine is self-hosted."),
            KnownBuilders.NpmSelfHosted => hosted.Value ? new(SlsaErrorCode.MismatchBuilderID, "GitHub hosts the machine.") : null,
            _ => new(SlsaErrorCode.NotSupported, $"The builder {expected} is not one of npm packages."),
        };
    }
}
