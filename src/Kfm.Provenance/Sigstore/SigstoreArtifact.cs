using System.Security.Cryptography;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Sigstore;

/// <summary>What a bundle is checked against: a content, or the digests of one.</summary>
public sealed class SigstoreArtifact
{
    private readonly ReadOnlyMemory<byte>? _content;
    private readonly byte[]?[] _digests = new byte[]?[3];

    private SigstoreArtifact(ReadOnlyMemory<byte>? content, bool isNamed = true) => (_content, IsNamed) = (content, isNamed);

    /// <summary>No artifact: the signature over an envelope is verified, its subjects are not compared. Not for bundles that sign an artifact directly.</summary>
    public static SigstoreArtifact None { get; } = new(null, isNamed: false);

    /// <summary>Whether there is an artifact to compare with.</summary>
    internal bool IsNamed { get; }

    /// <summary>The content, when it is at hand.</summary>
    internal ReadOnlyMemory<byte>? Content => _content;

    /// <summary>A content in memory.</summary>
    /// <param name="content">The bytes; do not change them while they are verified.</param>
    public static SigstoreArtifact FromBytes(ReadOnlyMemory<byte> content) => new(content);

    /// <summary>A file, read now and in pieces.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SigstoreArtifact FromFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return FromStream(file);
    }

    /// <summary>The rest of a stream, read now and in pieces, left open. Its three digests are taken in one pass.</summary>
    /// <param name="stream">A readable stream.</param>
    public static SigstoreArtifact FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            sha256.AppendData(buffer, 0, read);
            sha384.AppendData(buffer, 0, read);
            sha512.AppendData(buffer, 0, read);
        }

        return FromDigests(sha256.GetHashAndReset(), sha384.GetHashAndReset(), sha512.GetHashAndReset());
    }

    /// <summary>The SHA-256 of a content.</summary>
    /// <param name="digest">The digest.</param>
    public static SigstoreArtifact FromDigest(Digest digest) => FromDigests(digest.ToBytes());

    /// <summary>Digests of one content, at least one. What a bundle needs and is not given is refused as not verifiable.</summary>
    /// <param name="digests">SHA-256, SHA-384 and SHA-512, told apart by their lengths of 32, 48 and 64 bytes, each at most once.</param>
    /// <exception cref="ArgumentException">There is no digest, one has another length, or two have the same.</exception>
    public static SigstoreArtifact FromDigests(params IReadOnlyList<byte[]> digests)
    {
        ArgumentNullException.ThrowIfNull(digests);
        var artifact = new SigstoreArtifact(null);
        foreach (var digest in digests)
        {
            ref var slot = ref artifact._digests[Slot(digest.Length) is >= 0 and var index ? index : throw new ArgumentException("A digest has 32, 48 or 64 bytes.", nameof(digests))];
            slot = slot is null ? [.. digest] : throw new ArgumentException("Two digests have the same length.", nameof(digests));
        }

        return digests.Count > 0 ? artifact : throw new ArgumentException("Give at least one digest.", nameof(digests));
    }

    /// <summary>The digest of a length; null when it is not known.</summary>
    internal byte[]? Digest(int length)
    {
        var slot = Slot(length);
        return slot < 0 ? null
            : _digests[slot] is null && _content is { } content ? _digests[slot] = Hash(length, content.Span)
            : _digests[slot];
    }

    private static int Slot(int length) => length switch
    {
        SHA256.HashSizeInBytes => 0,
        SHA384.HashSizeInBytes => 1,
        SHA512.HashSizeInBytes => 2,
        _ => -1,
    };

    private static byte[] Hash(int length, ReadOnlySpan<byte> content) => length switch
    {
        SHA256.HashSizeInBytes => SHA256.HashData(content),
        SHA384.HashSizeInBytes => SHA384.HashData(content),
        _ => SHA512.HashData(content),
    };
}
