using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>A hash of a Merkle tree over SHA-256 (RFC 6962, 2.1): 32 bytes, held by value.</summary>
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int Size = 32;

    private readonly Bytes32 _bytes;

    private MerkleHash(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>The root of the tree without leaves: the SHA-256 of nothing.</summary>
    public static MerkleHash Empty { get; } = new(SHA256.HashData([]));

    /// <summary>Wraps 32 bytes that already are a hash.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public static MerkleHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new MerkleHash(bytes)
        : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    /// <summary>Reads the standard base64 of 32 bytes: padded, no white space, unused bits zero.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hash">The hash, when the text is one.</param>
    /// <returns>Whether the text is a hash.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out MerkleHash hash)
    {
        var bytes = text.Length == 44 ? StrictBase64.Decode(text) : null;
        hash = bytes is { Length: Size } ? new MerkleHash(bytes) : default;
        return bytes is { Length: Size };
    }

    /// <summary>The hash of a leaf: SHA-256 of 0x00 and the entry.</summary>
    /// <param name="entry">The entry, of any length.</param>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[Size];
        if (entry.Length < 1024)
        {
            Span<byte> input = stackalloc byte[1 + entry.Length];
            input[0] = 0;
            entry.CopyTo(input[1..]);
            SHA256.HashData(input, hash);
            return new MerkleHash(hash);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData([0]);
        sha.AppendData(entry);
        sha.GetHashAndReset(hash);
        return new MerkleHash(hash);
    }

    /// <summary>The hash of an inner node: SHA-256 of 0x01 and both children.</summary>
    /// <param name="left">The left child.</param>
    /// <param name="right">The right child.</param>
    public static MerkleHash Node(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Size)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(input, hash);
        return new MerkleHash(hash);
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => AsSpan(in this).CopyTo(destination);

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => AsSpan(in this).ToArray();

    /// <summary>The same 32 bytes as a digest.</summary>
    public Digest ToDigest() => Digest.FromBytes(AsSpan(in this));

    /// <inheritdoc/>
    public bool Equals(MerkleHash other) => AsSpan(in this).SequenceEqual(AsSpan(in other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(AsSpan(in this));

    /// <summary>The standard base64 of the 32 bytes.</summary>
    public override string ToString() => Convert.ToBase64String(AsSpan(in this));

    /// <summary>Whether two hashes are equal.</summary>
    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    /// <summary>Whether two hashes differ.</summary>
    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    private static ReadOnlySpan<byte> AsSpan(in MerkleHash hash) => hash._bytes;

    [InlineArray(Size)]
    private struct Bytes32
    {
        private byte _first;
    }
}
