using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>An ECDSA key over P-256, P-384 or P-521.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class EcdsaSigningKey : LocalSigningKey
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private EcdsaSigningKey(ECDsa key, SignatureScheme? scheme)
    {
        _key = key;
        PublicKey = VerificationKey.FromDer(key.ExportSubjectPublicKeyInfo(), scheme);
    }

    /// <inheritdoc/>
    public override VerificationKey PublicKey { get; }

    /// <summary>Makes a new random key.</summary>
    /// <param name="scheme">How it signs; the curve follows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scheme is not one of ECDSA.</exception>
    public static EcdsaSigningKey Create(SignatureScheme scheme = SignatureScheme.EcdsaP256Sha256)
    {
        var curve = scheme switch
        {
            SignatureScheme.EcdsaP256Sha256 or SignatureScheme.EcdsaP256Sha512 => ECCurve.NamedCurves.nistP256,
            SignatureScheme.EcdsaP384Sha256 or SignatureScheme.EcdsaP384Sha384 or SignatureScheme.EcdsaP384Sha512 => ECCurve.NamedCurves.nistP384,
            SignatureScheme.EcdsaP521Sha512 => ECCurve.NamedCurves.nistP521,
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "The scheme is not one of ECDSA."),
        };
        return new EcdsaSigningKey(ECDsa.Create(curve), scheme);
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _key.SignData(data, SchemeTable.Hash(PublicKey.Scheme), DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>Reads a PKCS#8 key whose algorithm is that of elliptic curves.</summary>
    internal static EcdsaSigningKey Read(ReadOnlySpan<byte> der, SignatureScheme? scheme)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(der, out var read);
            return read == der.Length
                ? new EcdsaSigningKey(key, scheme)
                : throw new KeyFormatException("Bytes follow the private key; write one PKCS#8 key.");
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is CryptographicException or PlatformNotSupportedException
                ? new KeyFormatException("This is not a PKCS#8 key of ECDSA over P-256, P-384 or P-521.", e)
                : e;
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
