using System.Security.Cryptography;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A private key of Ed25519 (RFC 8032, 5.1.5): the seed and what is derived from it.</summary>
internal sealed class Ed25519PrivateKey : IDisposable
{
    /// <summary>Bytes of the seed.</summary>
    public const int SeedLength = 32;

    private readonly byte[] _seed;
    private readonly byte[] _prefix = new byte[32];
    private readonly ulong[] _scalar = new ulong[Scalar.Words];

    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        _seed = seed.ToArray();
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(seed, hash);
        hash[0] &= 0xf8;
        hash[31] = (byte)((hash[31] & 0x7f) | 0x40);
        Scalar.Read(hash[..32], _scalar);
        hash[32..].CopyTo(_prefix);
        CryptographicOperations.ZeroMemory(hash);
        var bytes = new byte[Ed25519PublicKey.Length];
        BaseTables.Multiply(_scalar).Encode(bytes);
        PublicKey = Ed25519PublicKey.TryRead(bytes)!;
    }

    public Ed25519PublicKey PublicKey { get; }

    /// <summary>The 32 bytes that the key is made from.</summary>
    public ReadOnlySpan<byte> Seed => _seed;

    /// <summary>Signs (RFC 8032, 5.1.6), in time that depends on the length of the data alone.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519PublicKey.SignatureLength];
        Span<ulong> r = stackalloc ulong[Scalar.Words];
        Span<ulong> k = stackalloc ulong[Scalar.Words];
        HashToScalar(_prefix, [], data, r);
        BaseTables.Multiply(r).Encode(signature);
        HashToScalar(signature.AsSpan(0, 32), PublicKey.Bytes, data, k);
        Scalar.MultiplyAdd(_scalar, k, r, k);
        Scalar.Write(k, signature.AsSpan(32));
        r.Clear();
        return signature;
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_seed);
        CryptographicOperations.ZeroMemory(_prefix);
        Array.Clear(_scalar);
    }

    /// <summary>SHA-512 of three parts as a scalar below L.</summary>
    internal static void HashToScalar(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> data, Span<ulong> scalar)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha.AppendData(first);
        sha.AppendData(second);
        sha.AppendData(data);
        sha.GetHashAndReset(hash);
        Scalar.Reduce(hash, scalar);
        CryptographicOperations.ZeroMemory(hash);
    }
}
