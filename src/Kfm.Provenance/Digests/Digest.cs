using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kfm.Provenance.Digests;

/// <summary>A SHA-256 digest (FIPS 180-4), written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
/// <remarks>The default value is not a digest; its members throw <see cref="InvalidOperationException"/>.</remarks>
public readonly struct Digest : IEquatable<Digest>, IComparable<Digest>
{
    private const string Prefix = "sha256:";
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>The 64 lower-case hexadecimal digits.</summary>
    public string Hex => _hex ?? throw new InvalidOperationException("The default value is not a digest.");

    /// <summary>The digest of <paramref name="data"/>.</summary>
    /// <param name="data">The bytes to hash; may be empty.</param>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return FromBytes(hash);
    }

    /// <summary>The digest of what a stream still holds, read in pieces.</summary>
    /// <param name="stream">A readable stream; read to its end and left open.</param>
    public static Digest OfStream(Stream stream)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(stream, hash);
        return FromBytes(hash);
    }

    /// <summary>The digest of a file, read in pieces.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Digest OfFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return OfStream(file);
    }

    /// <summary>Wraps 32 bytes that already are a SHA-256 digest.</summary>
    /// <param name="hash">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="hash"/> is not 32 bytes long.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> hash) => hash.Length == SHA256.HashSizeInBytes
        ? new Digest(Convert.ToHexStringLower(hash))
        : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(hash));

    /// <summary>Reads <c>sha256:…</c> or 64 lower-case hexadecimal digits.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="digest">The digest, when the text is one.</param>
    /// <returns>Whether the text is a digest.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null)
        {
            return false;
        }

        var hex = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        if (hex.Length != 64 || hex.AsSpan().ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        digest = new Digest(hex);
        return true;
    }

    /// <summary>Reads <c>sha256:…</c> or 64 lower-case hexadecimal digits.</summary>
    /// <param name="text">The text to read.</param>
    /// <exception cref="DigestFormatException">The text is not a digest.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest) ? digest : throw new DigestFormatException(text);

    /// <summary>The 32 bytes of the digest.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);

    /// <summary>Whether two digests are equal, in a time that does not depend on where they differ.</summary>
    /// <param name="other">The digest to compare with.</param>
    public bool FixedTimeEquals(Digest other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Hex.AsSpan()), MemoryMarshal.AsBytes(other.Hex.AsSpan()));

    /// <inheritdoc/>
    public bool Equals(Digest other) => string.Equals(_hex, other._hex, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_hex ?? "");

    /// <summary>Orders digests by their bytes.</summary>
    /// <param name="other">The digest to compare with.</param>
    public int CompareTo(Digest other) => string.CompareOrdinal(_hex, other._hex);

    /// <summary><c>sha256:</c> and the hexadecimal digits.</summary>
    public override string ToString() => Prefix + Hex;

    /// <summary>Whether two digests are equal.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Whether two digests differ.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    /// <summary>Whether the left digest sorts before the right one.</summary>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left digest sorts after the right one.</summary>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left digest sorts before the right one or equals it.</summary>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left digest sorts after the right one or equals it.</summary>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}
