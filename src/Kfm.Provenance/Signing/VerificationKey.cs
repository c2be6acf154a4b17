using System.Security.Cryptography;
using Kfm.Provenance.Signing.Edwards25519;

namespace Kfm.Provenance.Signing;

/// <summary>A public key that verifies signatures: ECDSA over P-256, P-384 or P-521, RSA of 2,048 to 8,192 bits, or Ed25519.</summary>
/// <remarks>
/// Two keys are equal when their SubjectPublicKeyInfo is. Only one encoding of a key is read (of ECDSA the one with a named curve and an
/// uncompressed point), so that one key never counts as two. Safe for use by several threads.
/// </remarks>
public sealed class VerificationKey : IEquatable<VerificationKey>
{
    private const string Label = "PUBLIC KEY";
    private readonly PublicKeyAlgorithm _algorithm;
    private readonly byte[] _der;

    private VerificationKey(PublicKeyAlgorithm algorithm, byte[] der)
    {
        _algorithm = algorithm;
        _der = der;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(der));
    }

    /// <summary>The lower-case hexadecimal SHA-256 of the SubjectPublicKeyInfo in DER: 64 digits.</summary>
    public string KeyId { get; }

    /// <summary>How the key signs.</summary>
    public SignatureScheme Scheme => _algorithm.Scheme;

    /// <summary>The SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>Reads a key.</summary>
    /// <param name="pem">One SubjectPublicKeyInfo with the label <c>PUBLIC KEY</c>; only white space may stand around it.</param>
    /// <param name="scheme">How the key signs, or null for the default of its kind; an RSA key does not say it by itself.</param>
    /// <exception cref="KeyFormatException">The text is not such a key, its kind or size is not supported, or the scheme does not fit it.</exception>
    public static VerificationKey FromPem(string pem, SignatureScheme? scheme = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return FromDer(PemText.Decode(pem, Label), scheme);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="der">One SubjectPublicKeyInfo in DER, at most 4 KiB.</param>
    /// <param name="scheme">How the key signs, or null for the default of its kind.</param>
    /// <exception cref="KeyFormatException">The bytes are not such a key, its kind or size is not supported, or the scheme does not fit it.</exception>
    public static VerificationKey FromDer(ReadOnlySpan<byte> der, SignatureScheme? scheme = null)
    {
        var copy = der.ToArray();
        return new VerificationKey(PublicKeyInfo.Read(copy, scheme), copy);
    }

    /// <summary>Takes an Ed25519 key as it stands in signed notes and TUF metadata.</summary>
    /// <param name="bytes">The 32 bytes of the encoded point (RFC 8032, 5.1.5).</param>
    /// <exception cref="KeyFormatException">The bytes are no point, or one of small order, under which anyone can sign.</exception>
    public static VerificationKey FromEd25519(ReadOnlySpan<byte> bytes) => bytes.Length == Ed25519PublicKey.Length
        ? FromDer(PublicKeyInfo.OfEd25519(bytes))
        : throw new KeyFormatException($"An Ed25519 key has {Ed25519PublicKey.Length} bytes, this one {bytes.Length}.");

    /// <summary>Whether <paramref name="signature"/> is this key's signature of <paramref name="data"/>. Never throws.</summary>
    /// <param name="data">The bytes that were signed.</param>
    /// <param name="signature">ECDSA: a DER sequence of r and s (RFC 3279, 2.2.3); RSA: as long as the modulus; Ed25519: 64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _algorithm.Verify(data, signature);

    /// <summary>Whether <paramref name="signature"/> is this ECDSA key's signature of <paramref name="data"/>; of other keys none is. Never throws.</summary>
    /// <param name="data">The bytes that were signed.</param>
    /// <param name="signature">r and s of the width of the curve, one after the other (IEEE P1363).</param>
    public bool VerifyFixed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _algorithm.VerifyFixed(data, signature);

    /// <summary>Whether <paramref name="signature"/> is this key's signature of data with a given hash. Never throws.</summary>
    /// <param name="digest">The hash of the data by the hash function of <see cref="Scheme"/>.</param>
    /// <param name="signature">The signature in the encoding that <see cref="Verify"/> takes.</param>
    /// <returns>Always false for Ed25519, which signs data and not its hash.</returns>
    public bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) => _algorithm.VerifyDigest(digest, signature);

    /// <summary>The key as SubjectPublicKeyInfo in PEM.</summary>
    public string ToPem() => PemEncoding.WriteString(Label, _der) + "\n";

    /// <inheritdoc/>
    public bool Equals(VerificationKey? other) => other is not null && string.Equals(KeyId, other.KeyId, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(KeyId);

    /// <summary>The 32 bytes of an Ed25519 key; empty for other keys.</summary>
    internal ReadOnlySpan<byte> Ed25519Bytes => _algorithm is Ed25519Algorithm key ? key.Bytes : [];
}
