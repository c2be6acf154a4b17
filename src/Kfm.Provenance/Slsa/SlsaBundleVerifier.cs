using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;

namespace Kfm.Provenance.Slsa;

/// <summary>
/// Verifies Sigstore bundles with SLSA provenance in one step: signature, certificate and logs with Sigstore, then what the provenance says.
/// </summary>
/// <remarks>Offline and pure; safe for use by several threads. Never throws for bad data.</remarks>
public sealed class SlsaBundleVerifier
{
    private const string ProvenancePrefix = "https://slsa.dev/provenance/";
    private const string PublicationPrefix = "https://github.com/npm/attestation/tree/main/specs/publish/";
    private readonly SigstoreVerifier _sigstore;

    // Any workflow on GitHub: which one is asked afterwards, by the rules of the builders. Their clients of 2023 wrote the root into the chain.
    private readonly IdentityPolicy _signers = new(new CertificateIdentity(
        TextMatch.Pattern("https://github\\.com/.+"), TextMatch.Exact("https://token.actions.githubusercontent.com")))
    {
        AllowRootInChain = true,
        IgnoreUnknownTimestampAuthorities = true,
    };

    private readonly Dictionary<string, ManagedKey> _registryKeys;

    /// <summary>Creates a verifier.</summary>
    /// <param name="root">The authorities and logs that the caller trusts.</param>
    /// <param name="registryKeys">The keys of the npm registry by their hints, for packages; may be empty.</param>
    public SlsaBundleVerifier(TrustedRoot root, IReadOnlyDictionary<string, ManagedKey> registryKeys)
    {
        _sigstore = new SigstoreVerifier(root);
        _registryKeys = new Dictionary<string, ManagedKey>(registryKeys, StringComparer.Ordinal);
    }

    /// <summary>Verifies provenance of slsa-github-generator and of builders that it delegates to.</summary>
    /// <param name="bundle">The bundle in JSON.</param>
    /// <param name="expected">What the provenance must say.</param>
    public SlsaVerification VerifyArtifact(ReadOnlySpan<byte> bundle, SlsaExpectations expected) =>
        Open(bundle, out var signed, out var signer) is { } rejection
            ? new SlsaVerification(rejection)
            : new SlsaVerifier(signer!).VerifyArtifact(signed!.PayloadType!, signed.Payload.Span, expected);

    /// <summary>Verifies an attestation of GitHub's own action.</summary>
    /// <param name="bundle">The bundle in JSON.</param>
    /// <param name="expected">What the provenance must say; the builder must be named.</param>
    public SlsaVerification VerifyGitHubAttestation(ReadOnlySpan<byte> bundle, SlsaExpectations expected) =>
        Open(bundle, out var signed, out var signer) is { } rejection
            ? new SlsaVerification(rejection)
            : new SlsaVerifier(signer!).VerifyGitHubAttestation(signed!.PayloadType!, signed.Payload.Span, expected);

    /// <summary>Verifies the attestations of an npm package: provenance, then publication, then name and version in both.</summary>
    /// <param name="attestations">The registry's answer: <c>{"attestations":[{"predicateType","bundle"}, …]}</c>.</param>
    /// <param name="expected">What they must say; the builder must be named, the digest is a sha512.</param>
    public SlsaVerification VerifyNpmPackage(ReadOnlySpan<byte> attestations, SlsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (Split(attestations, out var provenance, out var publication) is { } incomplete)
        {
            return new SlsaVerification(incomplete);
        }

        if (Open(provenance, out var built, out var signer) is { } rejection)
        {
            return new SlsaVerification(rejection);
        }

        var first = new NpmVerifier(signer!).VerifyProvenance(built!.PayloadType!, built.Payload.Span, expected);
        if (!first.IsVerified)
        {
            return first;
        }

        var second = Publication(publication, out var published) is { } refused
            ? new SlsaVerification(refused)
            : NpmVerifier.VerifyPackage(built.Payload.Span, published!.Payload.Span, expected);
        return second.IsVerified ? first : second;
    }

    private static SlsaRejection? Split(ReadOnlySpan<byte> attestations, out byte[] provenance, out byte[] publication)
    {
        (provenance, publication) = ([], []);
        try
        {
            var root = JsonCursor.OpenForeign(attestations, static (message, pointer) => new InTotoFormatException(message, pointer));
            foreach (var one in root.Member("attestations").Items())
            {
                var type = one.Member("predicateType").Text();
                var bundle = System.Text.Encoding.UTF8.GetBytes(one.Member("bundle").ToString());
                provenance = type.StartsWith(ProvenancePrefix, StringComparison.Ordinal) ? bundle : provenance;
                publication = type.StartsWith(PublicationPrefix, StringComparison.Ordinal) ? bundle : publication;
            }
        }
        catch (InTotoFormatException e)
        {
            return ProvenanceClaims.Invalid(e.Message);
        }

        return provenance.Length > 0 && publication.Length > 0 ? null : ProvenanceClaims.Invalid("provenance or publication is missing.");
    }

    private SlsaRejection? Open(ReadOnlySpan<byte> bundle, out SigstoreVerification? signed, out WorkflowIdentity? signer)
    {
        signer = null;
        signed = _sigstore.Verify(bundle, SigstoreArtifact.None, _signers);
        return signed.IsVerified
            ? signed.Certificate is { } certificate
                ? new WorkflowCertificate(certificate).Read(out signer)
                : new(SlsaErrorCode.InvalidCertificate, "The bundle has no certificate.")
            : Refused(signed.Error!);
    }

    private SlsaRejection? Publication(ReadOnlySpan<byte> bundle, out SigstoreVerification? signed)
    {
        signed = null;
        try
        {
            var parsed = SigstoreBundle.Parse(bundle);
            if (parsed.KeyHint is not { } hint || !_registryKeys.TryGetValue(hint, out var key))
            {
                return new(SlsaErrorCode.NoValidSignature, $"The publication is signed by an unknown key of the registry, '{parsed.KeyHint}'.");
            }

            signed = _sigstore.Verify(parsed, SigstoreArtifact.None, new ManagedKeyPolicy(key));
            return !signed.IsVerified ? Refused(signed.Error!)
                : signed.PayloadType is Statement.PayloadType ? null
                : ProvenanceClaims.Invalid($"the publication is of the type '{signed.PayloadType}'.");
        }
        catch (SigstoreFormatException e)
        {
            return ProvenanceClaims.Invalid(e.Message);
        }
    }

    private static SlsaRejection Refused(SigstoreError error) => new(
        error.Stage switch
        {
            SigstoreStage.Bundle or SigstoreStage.MediaType => SlsaErrorCode.InvalidDssePayload,
            SigstoreStage.Certificate or SigstoreStage.CertificateTimestamp => SlsaErrorCode.InvalidCertificate,
            SigstoreStage.Identity => SlsaErrorCode.InvalidOIDCIssuer,
            SigstoreStage.Signature or SigstoreStage.LogEntry => SlsaErrorCode.InvalidSignature,
            _ => SlsaErrorCode.NoValidSignature,
        },
        error.ToString());
}
