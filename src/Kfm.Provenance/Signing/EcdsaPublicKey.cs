using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>ECDSA over a NIST curve.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A public key has nothing to forget; its handles go with it.")]
internal sealed class EcdsaPublicKey : PublicKeyAlgorithm
{
    private readonly KeyPool<ECDsa> _pool;
    private readonly int _fixedLength;
    private readonly HashAlgorithmName _hash;

    private EcdsaPublicKey(ECDsa key, SignatureScheme scheme)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        _pool = new KeyPool<ECDsa>(key, () => ECDsa.Create(parameters));
        _fixedLength = 2 * ((key.KeySize + 7) / 8);
        _hash = SchemeTable.Hash(scheme);
        Scheme = scheme;
    }

    public override SignatureScheme Scheme { get; }

    /// <summary>Reads a SubjectPublicKeyInfo with a named curve and an uncompressed point.</summary>
    public static EcdsaPublicKey Read(ReadOnlySpan<byte> der, SignatureScheme? scheme)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out _);
            var fitting = SchemeTable.OfCurve(key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value);
            return fitting.Length > 0 && der.SequenceEqual(key.ExportSubjectPublicKeyInfo())
                ? new EcdsaPublicKey(key, SchemeTable.Choose(fitting, scheme))
                : throw NotAKey(null);
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is CryptographicException or PlatformNotSupportedException ? NotAKey(e) : e;
        }
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> pair = stackalloc byte[EcdsaSignatureDer.MaxFixedLength];
        pair = pair[.._fixedLength];
        return EcdsaSignatureDer.TryRead(signature, pair) && VerifyFixed(data, pair);
    }

    public override bool VerifyFixed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        digest = digest[..CryptographicOperations.HashData(_hash, data, digest)];
        return VerifyPair(digest, signature);
    }

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> pair = stackalloc byte[EcdsaSignatureDer.MaxFixedLength];
        pair = pair[.._fixedLength];
        return EcdsaSignatureDer.TryRead(signature, pair) && VerifyPair(digest, pair);
    }

    private bool VerifyPair(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _fixedLength)
        {
            return false;
        }

        var key = _pool.Rent();
        try
        {
            return key.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The platform may throw, instead of answering false, on numbers that are out of range.
            return false;
        }
        finally
        {
            _pool.Return(key);
        }
    }

    private static KeyFormatException NotAKey(Exception? inner) =>
        new("This is not the DER SubjectPublicKeyInfo of an ECDSA key over P-256, P-384 or P-521 with a named curve and an uncompressed point.", inner);
}
