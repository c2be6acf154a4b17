using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Kfm.Provenance.Digests;

/// <summary>
/// SHA-256 (FIPS 180-4) of many short messages at once: sixteen by AVX-512, eight by AVX2, else one after the other with the
/// platform's SHA-256. The bits are the same on every machine.
/// </summary>
/// <remarks>
/// Messages of more than 2 KiB are hashed one by one, since that is faster with the instructions that processors have for it. For one message use
/// <see cref="SHA256.HashData(ReadOnlySpan{byte}, Span{byte})"/>. No allocation; safe for several threads at once.
/// </remarks>
public static class Sha256Batch
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The longest prefix in bytes.</summary>
    public const int MaxPrefix = 64;

    // With fewer the vectors are too empty.
    private const int FewestMessages = 2;

    /// <summary>How many messages this machine hashes at once: 16, 8 or 1.</summary>
    public static int Lanes => Sha256Lanes512.IsSupported ? Sha256Lanes512.Count : Sha256Lanes256.IsSupported ? Sha256Lanes256.Count : 1;

    /// <summary>Hashes messages of equal length, each behind the same prefix, such as the nodes and leaves of RFC 6962 section 2.1.</summary>
    /// <param name="prefix">At most <see cref="MaxPrefix"/> bytes, hashed before each message; may be empty.</param>
    /// <param name="messages">The messages one after the other; a node's two child hashes are one message of 64 bytes.</param>
    /// <param name="length">The length of each message in bytes without the prefix, from 1.</param>
    /// <param name="hashes">Takes <see cref="HashSize"/> bytes for each message, in the same order; must not overlap <paramref name="messages"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="messages"/> is no multiple of <paramref name="length"/>, <paramref name="hashes"/> is too short or overlaps, or the prefix is too long.</exception>
    public static void Hash(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> messages, int length, Span<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (messages.Length % length != 0)
        {
            throw new ArgumentException("The messages are not a multiple of their length.", nameof(messages));
        }

        Hash(new Sha256Messages(prefix, messages, length), hashes);
    }

    /// <summary>Hashes messages of any lengths, each behind the same prefix.</summary>
    /// <param name="prefix">At most <see cref="MaxPrefix"/> bytes, hashed before each message; may be empty.</param>
    /// <param name="data">The messages one after the other.</param>
    /// <param name="ends">For each message the offset in <paramref name="data"/> after its last byte; ascending, equal for an empty message.</param>
    /// <param name="hashes">Takes <see cref="HashSize"/> bytes for each message, in the same order; must not overlap <paramref name="data"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="ends"/> descend or leave the data, <paramref name="hashes"/> is too short or overlaps, or the prefix is too long.</exception>
    public static void Hash(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, ReadOnlySpan<int> ends, Span<byte> hashes)
    {
        var before = 0;
        foreach (var end in ends)
        {
            if (end < before || end > data.Length)
            {
                throw new ArgumentException("The ends of the messages must ascend within the data.", nameof(ends));
            }

            before = end;
        }

        Hash(new Sha256Messages(prefix, data, ends), hashes);
    }

    private static void Hash(Sha256Messages messages, Span<byte> hashes)
    {
        if (hashes.Length / HashSize < messages.Count)
        {
            throw new ArgumentException($"The hashes need {HashSize} bytes for each message.", nameof(hashes));
        }

        if (messages.Prefix.Length > MaxPrefix)
        {
            throw new ArgumentException($"The prefix is longer than {MaxPrefix} bytes.", nameof(messages));
        }

        if (hashes.Overlaps(messages.Data))
        {
            throw new ArgumentException("The hashes overlap the messages.", nameof(hashes));
        }

        if (messages.Count < FewestMessages || Lanes == 1)
        {
            HashOneByOne(messages, hashes);
        }
        else if (Sha256Lanes512.IsSupported)
        {
            Sha256Scheduler<Sha256Lanes512, Vector512<uint>>.Hash(messages, hashes, FewestMessages);
        }
        else
        {
            Sha256Scheduler<Sha256Lanes256, Vector256<uint>>.Hash(messages, hashes, FewestMessages);
        }
    }

    private static void HashOneByOne(Sha256Messages messages, Span<byte> hashes)
    {
        for (var message = 0; message < messages.Count; message++)
        {
            messages.HashOne(message, hashes);
        }
    }
}
