using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>RSA with PKCS #1 v1.5 or PSS padding.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A public key has nothing to forget; its handles go with it.")]
internal sealed class RsaPublicKey : PublicKeyAlgorithm
{
    /// <summary>Smaller keys are broken, larger ones cost a reader seconds.</summary>
    public const int MinBits = 2048;

    /// <summary>The largest modulus that is read.</summary>
    public const int MaxBits = 8192;

    // The largest public exponent that is read, in bytes: verification takes time by its length.
    private const int MaxExponentBytes = 4;
    private readonly KeyPool<RSA> _pool;
    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding _padding;

    private RsaPublicKey(RSA key, SignatureScheme scheme)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        _pool = new KeyPool<RSA>(key, () => RSA.Create(parameters));
        (_hash, _padding) = (SchemeTable.Hash(scheme), SchemeTable.Padding(scheme));
        Scheme = scheme;
    }

    public override SignatureScheme Scheme { get; }

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    public static RsaPublicKey Read(ReadOnlySpan<byte> der, SignatureScheme? scheme)
    {
        var key = RSA.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out _);
            if (!der.SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            {
                throw NotAKey(null);
            }

            Check(key);
            return new RsaPublicKey(key, SchemeTable.Choose(SchemeTable.OfRsa, scheme));
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is CryptographicException ? NotAKey(e) : e;
        }
    }

    /// <summary>Refuses keys beyond the limits.</summary>
    public static void Check(RSA key)
    {
        if (key.KeySize is < MinBits or > MaxBits)
        {
            throw new KeyFormatException($"The RSA key has {key.KeySize} bits; {MinBits} to {MaxBits} are read.");
        }

        var exponent = key.ExportParameters(includePrivateParameters: false).Exponent!;
        if (exponent.Length > MaxExponentBytes || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            throw new KeyFormatException($"The public exponent of the RSA key is not an odd number from 3, of at most {MaxExponentBytes} bytes.");
        }
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        return VerifyDigest(digest[..CryptographicOperations.HashData(_hash, data, digest)], signature);
    }

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var key = _pool.Rent();
        try
        {
            return key.VerifyHash(digest, signature, _hash, _padding);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _pool.Return(key);
        }
    }

    private static KeyFormatException NotAKey(Exception? inner) => new("This is not the DER SubjectPublicKeyInfo of an RSA key.", inner);
}
