using System.Buffers.Binary;
using Kfm.Ledger.Storage;

namespace Kfm.Ledger.PostgreSql;

/// <summary>
/// What became of a batch, as it stands in <c>results</c>: for each group a number of 4 bytes, then 8 bytes for each leaf, index times two plus one where it is new;
/// for a refused group -1, the position of the leaf in the way (4 bytes) and the index of its key (8 bytes). All big-endian.
/// </summary>
internal static class BatchResult
{
    internal static byte[] Write(IReadOnlyList<AppendGroup> groups, IReadOnlyList<AppendOutcome> outcomes)
    {
        using var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(long)];
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Conflict is { } conflict)
            {
                WriteInt(stream, -1, number);
                WriteInt(stream, PositionOf(groups[i], conflict.Leaf), number);
                WriteLong(stream, conflict.Index, number);
                continue;
            }

            WriteInt(stream, outcomes[i].Receipts!.Count, number);
            foreach (var receipt in outcomes[i].Receipts!)
            {
                WriteLong(stream, (receipt.Index << 1) | (receipt.IsNew ? 1L : 0), number);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The first index of a batch whose leaves are all new and stand together; null for any other.</summary>
    internal static long? FirstOfContiguous(IReadOnlyList<AppendOutcome> outcomes)
    {
        long? first = null;
        var next = 0L;
        foreach (var outcome in outcomes)
        {
            foreach (var receipt in outcome.Receipts ?? [])
            {
                first ??= next = receipt.Index;
                if (!receipt.IsNew || receipt.Index != next++)
                {
                    return null;
                }
            }

            if (outcome.Conflict is not null)
            {
                return null;
            }
        }

        return first;
    }

    /// <summary>The outcomes of such a batch.</summary>
    internal static IReadOnlyList<AppendOutcome> Contiguous(IReadOnlyList<AppendGroup> groups, long first)
    {
        var outcomes = new AppendOutcome[groups.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var start = first;
            outcomes[i] = AppendOutcome.Appended([.. groups[i].Leaves.Select((leaf, n) => new AppendReceipt(start + n, leaf.Hash, IsNew: true))]);
            first += groups[i].Leaves.Count;
        }

        return outcomes;
    }

    internal static IReadOnlyList<AppendOutcome> Read(ReadOnlySpan<byte> bytes, IReadOnlyList<AppendGroup> groups)
    {
        var outcomes = new AppendOutcome[groups.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var leaves = groups[i].Leaves;
            var count = ReadInt(ref bytes);
            if (count == -1)
            {
                var position = ReadInt(ref bytes);
                outcomes[i] = AppendOutcome.Refused(new KeyConflict(position >= 0 && position < leaves.Count ? leaves[position] : throw Broken(), ReadLong(ref bytes)));
                continue;
            }

            var receipts = new AppendReceipt[count == leaves.Count ? count : throw Broken()];
            for (var leaf = 0; leaf < count; leaf++)
            {
                var value = ReadLong(ref bytes);
                receipts[leaf] = new AppendReceipt(value >> 1, leaves[leaf].Hash, (value & 1) == 1);
            }

            outcomes[i] = AppendOutcome.Appended(receipts);
        }

        return bytes.IsEmpty ? outcomes : throw Broken();
    }

    private static int PositionOf(AppendGroup group, LogLeaf leaf)
    {
        for (var i = 0; i < group.Leaves.Count; i++)
        {
            if (ReferenceEquals(group.Leaves[i], leaf))
            {
                return i;
            }
        }

        throw new InvalidOperationException("The leaf is not of the group.");
    }

    private static LedgerException Broken() => new(LedgerFault.Damaged, "The result of a batch in the store cannot be read; append again, by key.");

    private static void WriteInt(MemoryStream stream, int value, Span<byte> number)
    {
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        stream.Write(number[..sizeof(int)]);
    }

    private static void WriteLong(MemoryStream stream, long value, Span<byte> number)
    {
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        stream.Write(number);
    }

    private static int ReadInt(ref ReadOnlySpan<byte> bytes)
    {
        var value = bytes.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : throw Broken();
        bytes = bytes[sizeof(int)..];
        return value;
    }

    private static long ReadLong(ref ReadOnlySpan<byte> bytes)
    {
        var value = bytes.Length >= sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : throw Broken();
        bytes = bytes[sizeof(long)..];
        return value;
    }
}
