using System.Buffers;

namespace Kfm.Provenance.Digests;

/// <summary>The algorithms of a <see cref="DigestSet"/> by the names of the in-toto specification (DigestSet v1.1).</summary>
internal static class DigestAlgorithms
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a text can be a digest of an algorithm; of an unknown one any text but the empty one can.</summary>
    public static bool IsValid(string algorithm, string value)
    {
        var lengths = HexLengths(algorithm);
        return lengths.IsEmpty ? value.Length > 0 : lengths.Contains(value.Length) && !value.AsSpan().ContainsAnyExcept(LowerHex);
    }

    // Git names its objects by SHA-1, or by SHA-256 where a repository is made so.
    private static ReadOnlySpan<int> HexLengths(string algorithm) => algorithm switch
    {
        "md5" => [32],
        "sha1" => [40],
        "sha224" or "sha512_224" or "sha3_224" => [56],
        "sha256" or "sha512_256" or "sha3_256" => [64],
        "sha384" or "sha3_384" => [96],
        "sha512" or "sha3_512" => [128],
        "gitCommit" or "gitTree" or "gitBlob" or "gitTag" => [40, 64],
        _ => [],
    };
}
