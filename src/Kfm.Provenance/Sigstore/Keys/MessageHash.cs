using System.Security.Cryptography;

namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>The SHA-2 of schemes.</summary>
internal static class MessageHash
{
    public const int MaxSize = 64;

    public static HashAlgorithmName Name(SignatureAlgorithm scheme) => scheme switch
    {
        SignatureAlgorithm.EcdsaSha256 or SignatureAlgorithm.RsaSha256 => HashAlgorithmName.SHA256,
        SignatureAlgorithm.EcdsaSha384 or SignatureAlgorithm.RsaSha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    /// <summary>The hash of 32, 48 or 64 bytes.</summary>
    public static HashAlgorithmName OfLength(int length) => length switch
    {
        SHA256.HashSizeInBytes => HashAlgorithmName.SHA256,
        SHA384.HashSizeInBytes => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    public static int Length(HashAlgorithmName name) =>
        name == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : name == HashAlgorithmName.SHA384 ? SHA384.HashSizeInBytes : SHA512.HashSizeInBytes;

    /// <summary>Hashes with SHA-256, -384 or -512.</summary>
    /// <returns>The length of the hash.</returns>
    public static int Compute(HashAlgorithmName name, ReadOnlySpan<byte> data, Span<byte> hash) =>
        name == HashAlgorithmName.SHA256 ? SHA256.HashData(data, hash)
        : name == HashAlgorithmName.SHA384 ? SHA384.HashData(data, hash)
        : SHA512.HashData(data, hash);
}
