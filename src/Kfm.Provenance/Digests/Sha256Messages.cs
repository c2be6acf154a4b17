using System.Security.Cryptography;

namespace Kfm.Provenance.Digests;

/// <summary>Messages one after the other in one buffer, each to be hashed behind the same prefix.</summary>
internal readonly ref struct Sha256Messages
{
    /// <summary>Above this length in bytes the processor's own instructions for SHA-256 win over lanes.</summary>
    public const int LongestInLanes = 2048;

    private const int OnStack = 1024;
    private readonly ReadOnlySpan<int> _ends; // empty: all have the same length
    private readonly int _length;

    public Sha256Messages(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, int length)
    {
        Prefix = prefix;
        Data = data;
        Count = data.Length / length;
        _length = length;
    }

    public Sha256Messages(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends)
    {
        Prefix = prefix;
        Data = data;
        Count = ends.Length;
        _ends = ends;
    }

    public ReadOnlySpan<byte> Prefix { get; }

    public ReadOnlySpan<byte> Data { get; }

    public int Count { get; }

    public (int Start, int Length) this[int message]
    {
        get
        {
            if (_ends.IsEmpty)
            {
                return (message * _length, _length);
            }

            var start = message == 0 ? 0 : _ends[message - 1];
            return (start, _ends[message] - start);
        }
    }

    /// <summary>Hashes one message with the platform's SHA-256.</summary>
    public void HashOne(int message, Span<byte> hashes)
    {
        var (start, length) = this[message];
        var body = Data.Slice(start, length);
        var hash = hashes.Slice(SHA256.HashSizeInBytes * message, SHA256.HashSizeInBytes);
        if (Prefix.IsEmpty)
        {
            SHA256.HashData(body, hash);
            return;
        }

        if (Prefix.Length + length <= OnStack)
        {
            Span<byte> whole = stackalloc byte[Prefix.Length + length];
            Prefix.CopyTo(whole);
            body.CopyTo(whole[Prefix.Length..]);
            SHA256.HashData(whole, hash);
            return;
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Prefix);
        sha.AppendData(body);
        sha.GetHashAndReset(hash);
    }
}
