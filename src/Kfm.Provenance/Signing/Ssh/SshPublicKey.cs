using System.Formats.Asn1;

namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A public key of SSH: <c>ssh-ed25519</c>, <c>ecdsa-sha2-nistp256</c>, <c>-nistp384</c>, <c>-nistp521</c>, or <c>ssh-rsa</c> from 2,048 bits on.</summary>
/// <remarks>Certificates, DSA and the keys of FIDO tokens (<c>sk-…</c>) are not supported. Safe for use by several threads.</remarks>
public sealed class SshPublicKey
{
    private const int MaxBytes = 4096;
    private const string Rsa = "ssh-rsa";
    private const string Ed25519 = "ssh-ed25519";
    private readonly byte[] _blob;

    private SshPublicKey(string type, byte[] blob, VerificationKey key) => (Type, _blob, Key) = (type, blob, key);

    /// <summary>The name of the kind of key (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4).</summary>
    public string Type { get; }

    /// <summary>The key in the encoding of SSH.</summary>
    public ReadOnlyMemory<byte> Blob => _blob;

    /// <summary>The same key; its id tells whether a key in another encoding is this one.</summary>
    public VerificationKey Key { get; }

    /// <summary>Reads a key as it stands in a <c>.pub</c> file: the kind, base64, and perhaps a comment.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="KeyFormatException">The line is something else, or the kind or size is not supported.</exception>
    public static SshPublicKey Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = line.Trim().Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || line.AsSpan().Trim().IndexOfAny('\r', '\n') >= 0)
        {
            throw new KeyFormatException("This is not a public key of SSH; write one line with its kind and base64, as in a .pub file.");
        }

        var key = FromBlob(StrictBase64.Decode(words[1]) ?? throw new KeyFormatException("The public key of SSH is not base64."));
        return key.Type == words[0] ? key : throw new KeyFormatException($"The line says another kind of key than its bytes, which say {key.Type}.");
    }

    /// <summary>Reads a key.</summary>
    /// <param name="blob">The key in the encoding of SSH, at most 4 KiB.</param>
    /// <exception cref="KeyFormatException">The bytes are something else, or the kind or size is not supported.</exception>
    public static SshPublicKey FromBlob(ReadOnlySpan<byte> blob)
    {
        var reader = new SshReader(blob);
        if (blob.Length > MaxBytes || !reader.TryName(out var type))
        {
            throw new KeyFormatException($"This is not a public key of SSH of at most {MaxBytes} bytes.");
        }

        var der = type switch
        {
            Ed25519 => reader.TryString(out var point) && point.Length == 32 ? PublicKeyInfo.OfEd25519(point) : null,
            Rsa => ReadRsa(ref reader),
            _ when SshCurve.Find(type) is { } curve => ReadEcdsa(ref reader, curve),
            _ => throw new KeyFormatException($"Keys of SSH of the kind {type} are not supported; give one of ssh-ed25519, ecdsa-sha2-nistp256, -nistp384, -nistp521 or ssh-rsa."),
        };
        return der is not null && reader.IsAtEnd
            ? new SshPublicKey(type, blob.ToArray(), VerificationKey.FromDer(der))
            : throw new KeyFormatException($"This is not a public key of SSH of the kind {type}.");
    }

    /// <summary>Whether a signature in the encoding of SSH is this key's. Never throws.</summary>
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var reader = new SshReader(signature);
        if (!reader.TryName(out var algorithm) || !reader.TryString(out var value) || !reader.IsAtEnd)
        {
            return false;
        }

        // SHA-1 is no signature any more (PROTOCOL.sshsig, 2).
        return (Type, algorithm) switch
        {
            (Ed25519, Ed25519) => Key.Verify(data, value),
            (Rsa, "rsa-sha2-256") => VerificationKey.FromDer(Key.Der.Span, SignatureScheme.RsaPkcs1Sha256).Verify(data, value),
            (Rsa, "rsa-sha2-512") => VerificationKey.FromDer(Key.Der.Span, SignatureScheme.RsaPkcs1Sha512).Verify(data, value),
            _ => algorithm == Type && SshCurve.Find(Type) is { } curve && VerifyEcdsa(curve, data, value),
        };
    }

    private bool VerifyEcdsa(SshCurve curve, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var reader = new SshReader(signature);
        if (!reader.TryPositive(out var r) || !reader.TryPositive(out var s) || !reader.IsAtEnd || r.Length > curve.Bytes || s.Length > curve.Bytes)
        {
            return false;
        }

        var pair = new byte[2 * curve.Bytes];
        r.CopyTo(pair.AsSpan(curve.Bytes - r.Length));
        s.CopyTo(pair.AsSpan(pair.Length - s.Length));
        return Key.VerifyFixed(data, pair);
    }

    private static byte[]? ReadRsa(ref SshReader reader)
    {
        if (!reader.TryPositive(out var exponent) || !reader.TryPositive(out var modulus))
        {
            return null;
        }

        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }

        return Info(PublicKeyInfo.RsaEncryption, null, key.Encode());
    }

    private static byte[]? ReadEcdsa(ref SshReader reader, SshCurve curve) =>
        reader.TryName(out var name) && name == curve.Name && reader.TryString(out var point)
            && point.Length == (2 * curve.Bytes) + 1 && point[0] == 4
            ? Info(PublicKeyInfo.EcPublicKey, curve.Oid, point)
            : null;

    private static byte[] Info(string algorithm, string? curve, ReadOnlySpan<byte> key)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier(algorithm);
                if (curve is null)
                {
                    info.WriteNull();
                }
                else
                {
                    info.WriteObjectIdentifier(curve);
                }
            }

            info.WriteBitString(key);
        }

        return info.Encode();
    }
}
