using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>What was signed, and the digests of it that log entries name: the artifact, or the encoding of the envelope (DSSE protocol, PAE).</summary>
internal sealed class SignatureContent(SigstoreBundle bundle, SigstoreArtifact artifact)
{
    private readonly byte[]?[] _digests = new byte[]?[(MessageHash.MaxSize / 16) + 1];

    /// <summary>The signature of the bundle.</summary>
    public ReadOnlySpan<byte> Signature => bundle.Signature;

    /// <summary>Whether a hash is the one of what was signed.</summary>
    public bool HasDigest(ReadOnlySpan<byte> digest) => Digest(digest.Length) is { } own && digest.SequenceEqual(own);

    /// <summary>Whether a hash is the one of the payload; false when there is no envelope.</summary>
    public bool HasPayloadDigest(ReadOnlySpan<byte> digest)
    {
        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        return bundle.Payload is { } payload && digest.SequenceEqual(hash[..MessageHash.Compute(MessageHash.OfLength(digest.Length), payload, hash)]);
    }

    /// <summary>Verifies the signature by the signer's key.</summary>
    public SigstoreError? Verify(BundleSigner signer)
    {
        if (bundle.Payload is null && !artifact.IsNamed)
        {
            return new(SigstoreStage.Signature, SigstoreErrorCode.DigestNotGiven, "The bundle signs an artifact directly, and none was given.");
        }

        if (bundle.MessageDigest is { } hint && !HasDigest(hint))
        {
            return Digest(hint.Length) is null
                ? new(SigstoreStage.Signature, SigstoreErrorCode.DigestNotGiven, $"The bundle names a digest of {hint.Length} bytes, and the artifact's was not given.", "/messageSignature/messageDigest")
                : new(SigstoreStage.Signature, SigstoreErrorCode.DigestMismatch, "The digest in the bundle is not that of the artifact.", "/messageSignature/messageDigest");
        }

        var path = bundle.Payload is null ? "/messageSignature/signature" : "/dsseEnvelope/signatures/0/sig";
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
        _ => IsMessageSignedBy(key),
    };

    private bool IsHashSignedBy(SignatureKey key, SignatureAlgorithm algorithm) =>
        Digest(MessageHash.Length(MessageHash.Name(algorithm))) is { } digest && key.VerifyHash(algorithm, digest, Signature);

    private bool IsMessageSignedBy(SignatureKey key)
    {
        if (bundle.Payload is null)
        {
            return artifact.Content is { } content && key.Verify(SignatureAlgorithm.Ed25519, content.Span, Signature);
        }

        var buffer = Encoding(out var length);
        try
        {
            return key.Verify(SignatureAlgorithm.Ed25519, buffer.AsSpan(0, length), Signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[]? Digest(int length)
    {
        if (bundle.Payload is null)
        {
            return artifact.Digest(length);
        }

        if (length is not (SHA256.HashSizeInBytes or SHA384.HashSizeInBytes or SHA512.HashSizeInBytes))
        {
            return null;
        }

        return _digests[length / 16] ??= HashEnvelope(length);
    }

    private byte[] HashEnvelope(int length)
    {
        var buffer = Encoding(out var size);
        try
        {
            var digest = new byte[length];
            _ = MessageHash.Compute(MessageHash.OfLength(length), buffer.AsSpan(0, size), digest);
            return digest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // "DSSEv1", then the type and the payload, each after its length, parted by spaces; in pooled memory.
    private byte[] Encoding(out int length)
    {
        const int Head = 64;
        var utf8 = System.Text.Encoding.UTF8;
        var (type, payload) = (bundle.PayloadType!, bundle.Payload!);
        var typeLength = utf8.GetByteCount(type);
        var buffer = ArrayPool<byte>.Shared.Rent(Head + typeLength + payload.Length);
        "DSSEv1 "u8.CopyTo(buffer);
        var at = 7;
        at += Number(buffer.AsSpan(at), typeLength);
        at += utf8.GetBytes(type, buffer.AsSpan(at));
        buffer[at++] = (byte)' ';
        at += Number(buffer.AsSpan(at), payload.Length);
        payload.CopyTo(buffer, at);
        length = at + payload.Length;
        return buffer;
    }

    private static int Number(Span<byte> output, int value)
    {
        _ = Utf8Formatter.TryFormat(value, output, out var written);
        output[written] = (byte)' ';
        return written + 1;
    }
}
