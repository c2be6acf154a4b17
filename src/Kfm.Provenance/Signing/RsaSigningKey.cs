using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>An RSA key of 2,048 to 8,192 bits.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class RsaSigningKey : LocalSigningKey
{
    private readonly RSA _key;
    private readonly Lock _gate = new();

    private RsaSigningKey(RSA key, SignatureScheme? scheme)
    {
        _key = key;
        PublicKey = VerificationKey.FromDer(key.ExportSubjectPublicKeyInfo(), scheme);
    }

    /// <inheritdoc/>
    public override VerificationKey PublicKey { get; }

    /// <summary>Makes a new random key.</summary>
    /// <param name="bits">The length of the modulus, 2,048 to 8,192 bits in steps of 8.</param>
    /// <param name="scheme">How it signs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not one of these, or the scheme is not one of RSA.</exception>
    public static RsaSigningKey Create(int bits = 3072, SignatureScheme scheme = SignatureScheme.RsaPssSha256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, RsaPublicKey.MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, RsaPublicKey.MaxBits);
        if (bits % 8 != 0 || !SchemeTable.OfRsa.Contains(scheme))
        {
            throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "The scheme is not one of RSA, or the length is no number of bytes.");
        }

        return new RsaSigningKey(RSA.Create(bits), scheme);
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _key.SignData(data, SchemeTable.Hash(PublicKey.Scheme), SchemeTable.Padding(PublicKey.Scheme));
        }
    }

    /// <summary>Reads a PKCS#8 key whose algorithm is RSA.</summary>
    internal static RsaSigningKey Read(ReadOnlySpan<byte> der, SignatureScheme? scheme)
    {
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(der, out var read);
            RsaPublicKey.Check(key);
            return read == der.Length
                ? new RsaSigningKey(key, scheme)
                : throw new KeyFormatException("Bytes follow the private key; write one PKCS#8 key.");
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is CryptographicException ? new KeyFormatException("This is not a PKCS#8 key of RSA.", e) : e;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private protected override byte[] ExportPkcs8()
    {
        lock (_gate)
        {
            return _key.ExportPkcs8PrivateKey();
        }
    }
}
