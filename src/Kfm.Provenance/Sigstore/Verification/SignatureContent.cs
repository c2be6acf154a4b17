using System.Security.Cryptography;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>What was signed, and the digests of it that log entries name.</summary>
internal sealed class SignatureContent
{
    private readonly SigstoreBundle _bundle;
    private readonly SigstoreArtifact _signed;

    private SignatureContent(SigstoreBundle bundle, SigstoreArtifact signed) => (_bundle, _signed) = (bundle, signed);

    /// <summary>The signature of the bundle.</summary>
    public ReadOnlySpan<byte> Signature => _bundle.Signature;

    /// <summary>The artifact, or the encoding of the envelope that is signed (DSSE protocol, PAE).</summary>
    public static SignatureContent Of(SigstoreBundle bundle, SigstoreArtifact artifact) => bundle.Payload is { } payload
        ? new(bundle, SigstoreArtifact.FromBytes(DsseEnvelope.Pae(bundle.PayloadType!, payload)))
        : new(bundle, artifact);

    /// <summary>Whether a hash is the one of what was signed.</summary>
    public bool HasDigest(ReadOnlySpan<byte> digest) => _signed.Digest(digest.Length) is { } own && digest.SequenceEqual(own);

    /// <summary>Whether a hash is the one of the payload; false when there is no envelope.</summary>
    public bool HasPayloadDigest(ReadOnlySpan<byte> digest)
    {
        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        return _bundle.Payload is { } payload && digest.SequenceEqual(hash[..MessageHash.Compute(NameOf(digest.Length), payload, hash)]);
    }

    /// <summary>Verifies the signature by the signer's key.</summary>
    public SigstoreError? Verify(BundleSigner signer)
    {
        if (!_signed.IsNamed)
        {
            return new(SigstoreStage.Signature, SigstoreErrorCode.DigestNotGiven, "The bundle signs an artifact directly, and none was given.");
        }

        if (_bundle.MessageDigest is { } hint && !HasDigest(hint))
        {
            return _signed.Digest(hint.Length) is null
                ? new(SigstoreStage.Signature, SigstoreErrorCode.DigestNotGiven, $"The bundle names a digest of {hint.Length} bytes, and the artifact's was not given.", "/messageSignature/messageDigest")
                : new(SigstoreStage.Signature, SigstoreErrorCode.DigestMismatch, "The digest in the bundle is not that of the artifact.", "/messageSignature/messageDigest");
        }

        var path = _bundle.Payload is null ? "/messageSignature/signature" : "/dsseEnvelope/signatures/0/sig";
        return signer.Verify(IsSignedBy) ? null
            : new(SigstoreStage.Signature, SigstoreErrorCode.InvalidSignature, "The signature is not the signer's over this artifact or envelope.", path);
    }

    private bool IsSignedBy(SignatureKey key) => key.Kind switch
    {
        KeyKind.P256 => IsHashSignedBy(key, SignatureAlgorithm.EcdsaSha256),

        // Older clients sign with SHA-256 whatever the curve (Sigstore, algorithm registry).
        KeyKind.P384 => IsHashSignedBy(key, SignatureAlgorithm.EcdsaSha384) || IsHashSignedBy(key, SignatureAlgorithm.EcdsaSha256),
        KeyKind.P521 => IsHashSignedBy(key, SignatureAlgorithm.EcdsaSha512) || IsHashSignedBy(key, SignatureAlgorithm.EcdsaSha256),
        KeyKind.Rsa => IsHashSignedBy(key, SignatureAlgorithm.RsaSha256),
        _ => _signed.Content is { } content && key.Verify(SignatureAlgorithm.Ed25519, content.Span, Signature),
    };

    private bool IsHashSignedBy(SignatureKey key, SignatureAlgorithm algorithm) =>
        _signed.Digest(LengthOf(MessageHash.Name(algorithm))) is { } digest && key.VerifyHash(algorithm, digest, Signature);

    private static HashAlgorithmName NameOf(int length) => length switch
    {
        SHA256.HashSizeInBytes => HashAlgorithmName.SHA256,
        SHA384.HashSizeInBytes => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    private static int LengthOf(HashAlgorithmName name) =>
        name == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : name == HashAlgorithmName.SHA384 ? SHA384.HashSizeInBytes : SHA512.HashSizeInBytes;
}
