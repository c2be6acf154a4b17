using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>A public key that verifies ECDSA signatures over P-256 with SHA-256 (FIPS 186-5).</summary>
/// <remarks>
/// Two keys are equal when their SubjectPublicKeyInfo is. Only the one encoding with a named curve and an uncompressed point is read,
/// so that one key never counts as two. Safe for use by several threads.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A public key has nothing to forget; its handle goes with it.")]
public sealed class VerificationKey : IEquatable<VerificationKey>
{
    private const string Label = "PUBLIC KEY";
    private readonly ECDsa _key;
    private readonly byte[] _der;
    private readonly Lock _gate = new();

    private VerificationKey(ECDsa key, byte[] der)
    {
        _key = key;
        _der = der;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(der));
    }

    /// <summary>The lower-case hexadecimal SHA-256 of the SubjectPublicKeyInfo in DER: 64 digits.</summary>
    public string KeyId { get; }

    /// <summary>The SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER.</summary>
    public ReadOnlyMemory<byte> Der => _der;

    /// <summary>Reads a key.</summary>
    /// <param name="pem">One SubjectPublicKeyInfo with the label <c>PUBLIC KEY</c>; only white space may stand around it.</param>
    /// <exception cref="KeyFormatException">The text is not such a key, or its curve is not P-256.</exception>
    public static VerificationKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return FromDer(PemText.Decode(pem, Label));
    }

    /// <summary>Reads a key.</summary>
    /// <param name="der">One SubjectPublicKeyInfo in DER.</param>
    /// <exception cref="KeyFormatException">The bytes are not such a key, or its curve is not P-256.</exception>
    public static VerificationKey FromDer(ReadOnlySpan<byte> der)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out _);
            var normal = key.ExportSubjectPublicKeyInfo();
            if (key.KeySize == 256 && IsP256(key) && der.SequenceEqual(normal))
            {
                return new VerificationKey(key, normal);
            }
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw NotAKey(e);
        }

        key.Dispose();
        throw NotAKey(null);
    }

    /// <summary>Whether <paramref name="signature"/> is this key's signature of <paramref name="data"/>. Never throws.</summary>
    /// <param name="data">The bytes that were signed.</param>
    /// <param name="signature">A DER sequence of r and s (RFC 3279, 2.2.3).</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Verify(data, signature, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Whether <paramref name="signature"/> is this key's signature of <paramref name="data"/>. Never throws.</summary>
    /// <param name="data">The bytes that were signed.</param>
    /// <param name="signature">r and s of 32 bytes each, one after the other (IEEE P1363).</param>
    public bool VerifyFixed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == 64 && Verify(data, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The key as SubjectPublicKeyInfo in PEM.</summary>
    public string ToPem() => PemEncoding.WriteString(Label, _der) + "\n";

    /// <inheritdoc/>
    public bool Equals(VerificationKey? other) => other is not null && string.Equals(KeyId, other.KeyId, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(KeyId);

    private static bool IsP256(ECDsa key) =>
        string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value, "1.2.840.10045.3.1.7", StringComparison.Ordinal);

    private static KeyFormatException NotAKey(Exception? inner) =>
        new("This is not the DER SubjectPublicKeyInfo of an ECDSA key over P-256 with a named curve and an uncompressed point.", inner);

    private bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, DSASignatureFormat format)
    {
        try
        {
            lock (_gate)
            {
                return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, format);
            }
        }
        catch (CryptographicException)
        {
            // The platform throws, instead of answering false, on some malformed signatures.
            return false;
        }
    }
}
