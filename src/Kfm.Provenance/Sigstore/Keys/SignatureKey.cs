using System.Security.Cryptography;
using Kfm.Provenance.Signing.Edwards25519;
using Kfm.Provenance.Sigstore.Certificates;

namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>A public key from DER. Safe for several threads at once; none waits for another.</summary>
internal sealed class SignatureKey
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;
    private readonly byte[] _spki;
    private readonly HandlePool<AsymmetricAlgorithm>? _handles;

    private readonly Ed25519PublicKey? _edwards;

    private SignatureKey(KeyKind kind, byte[] spki, AsymmetricAlgorithm first)
    {
        Kind = kind;
        _spki = spki;
        _handles = new(first, () => Import(kind, spki));
    }

    private SignatureKey(Ed25519PublicKey key, byte[] spki)
    {
        Kind = KeyKind.Ed25519;
        _spki = spki;
        _edwards = key;
    }

    public KeyKind Kind { get; }

    /// <summary>The SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).</summary>
    public ReadOnlyMemory<byte> Spki => _spki;

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    /// <returns>The key, or null when the algorithm is not supported or the key is not on its curve.</returns>
    /// <exception cref="DerFormatException">The bytes are no SubjectPublicKeyInfo.</exception>
    public static SignatureKey? FromSpki(ReadOnlySpan<byte> spki)
    {
        if (KindOf(spki) is not { } kind)
        {
            return null;
        }

        var copy = spki.ToArray();
        if (kind == KeyKind.Ed25519)
        {
            return Ed25519PublicKey.TryRead(copy.AsSpan(copy.Length - Ed25519PublicKey.Length)) is { } edwards ? new(edwards, copy) : null;
        }

        try
        {
            return new(kind, copy, Import(kind, copy));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads an RSAPublicKey (RFC 8017, A.1.1), as old certificate logs have it.</summary>
    /// <returns>The key, or null when it is not one.</returns>
    public static SignatureKey? FromRsaPublicKey(ReadOnlySpan<byte> der)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportRSAPublicKey(der, out var read);
            return read == der.Length ? FromSpki(rsa.ExportSubjectPublicKeyInfo()) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the signature of a message is this key's. Never throws.</summary>
    public bool Verify(SignatureAlgorithm scheme, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (scheme == SignatureAlgorithm.Ed25519)
        {
            return _edwards is not null && _edwards.Verify(message, signature);
        }

        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        return VerifyHash(scheme, hash[..MessageHash.Compute(MessageHash.Name(scheme), message, hash)], signature);
    }

    /// <summary>Whether the signature of a hash is this key's; false for Ed25519, which signs messages. Never throws.</summary>
    public bool VerifyHash(SignatureAlgorithm scheme, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (_handles is null || (scheme >= SignatureAlgorithm.RsaSha256) != (Kind == KeyKind.Rsa))
        {
            return false;
        }

        var handle = _handles.Rent();
        try
        {
            return handle is ECDsa ecdsa
                ? ecdsa.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence)
                : ((RSA)handle).VerifyHash(hash, signature, MessageHash.Name(scheme), RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _handles.Return(handle);
        }
    }

    private static KeyKind? KindOf(ReadOnlySpan<byte> spki)
    {
        var outer = new DerReader(spki);
        var info = new DerReader(outer.Read(DerTag.Sequence));
        outer.End();
        var algorithm = new DerReader(info.Read(DerTag.Sequence));
        _ = DerValue.Octets(info.Read(DerTag.BitString));
        info.End();
        var identifier = algorithm.Read(DerTag.ObjectIdentifier);
        if (identifier.SequenceEqual(ObjectId.EcPublicKey) && algorithm.TryRead(DerTag.ObjectIdentifier, out var curve))
        {
            return curve.SequenceEqual(ObjectId.P256) ? KeyKind.P256 : curve.SequenceEqual(ObjectId.P384) ? KeyKind.P384 : curve.SequenceEqual(ObjectId.P521) ? KeyKind.P521 : null;
        }

        return identifier.SequenceEqual(ObjectId.Ed25519) && spki.Length == 44 ? KeyKind.Ed25519 : identifier.Below(ObjectId.Pkcs1) == 1 ? KeyKind.Rsa : null;
    }

    private static AsymmetricAlgorithm Import(KeyKind kind, byte[] spki)
    {
        AsymmetricAlgorithm key = kind == KeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key is ECDsa || key.KeySize is >= MinRsaBits and <= MaxRsaBits ? key : throw new CryptographicException("The key has too few or too many bits.");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }
}
