using System.Security.Cryptography;
using Kfm.Provenance.Signing.Edwards25519;

namespace Kfm.Provenance.Signing;

/// <summary>An Ed25519 key (RFC 8032). Signatures are deterministic; signing takes a time that depends on the length of the data alone.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class Ed25519SigningKey : LocalSigningKey
{
    private readonly Ed25519PrivateKey _key;

    private Ed25519SigningKey(ReadOnlySpan<byte> seed)
    {
        _key = new Ed25519PrivateKey(seed);
        PublicKey = VerificationKey.FromEd25519(_key.PublicKey.Bytes);
    }

    /// <inheritdoc/>
    public override VerificationKey PublicKey { get; }

    /// <summary>Makes a new random key.</summary>
    public static Ed25519SigningKey Create()
    {
        Span<byte> seed = stackalloc byte[Ed25519PrivateKey.SeedLength];
        RandomNumberGenerator.Fill(seed);
        var key = new Ed25519SigningKey(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>Makes the key of a seed.</summary>
    /// <param name="seed">32 random bytes: the private key of RFC 8032, 5.1.5.</param>
    /// <exception cref="KeyFormatException">The seed has another length.</exception>
    public static Ed25519SigningKey FromSeed(ReadOnlySpan<byte> seed) => seed.Length == Ed25519PrivateKey.SeedLength
        ? new Ed25519SigningKey(seed)
        : throw new KeyFormatException($"An Ed25519 key has a seed of {Ed25519PrivateKey.SeedLength} bytes, this one has {seed.Length}.");

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data) => _key.Sign(data);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private protected override byte[] ExportPkcs8() => PrivateKeyInfo.OfEd25519(_key.Seed);
}
