using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kfm.Ledger.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Kfm.Ledger.PostgreSql;

/// <summary>The rows of one batch on their way into <c>pending</c>: one array for each column.</summary>
internal sealed class BatchRows
{
    private readonly int[] _groups;
    private readonly byte[][] _keys;
    private readonly byte[][] _leaves;
    private readonly byte[][] _lookups;

    internal BatchRows(IReadOnlyList<AppendGroup> groups, LogContent content)
    {
        var count = groups.Sum(g => g.Leaves.Count);
        (_groups, _keys, _leaves, _lookups) = (new int[count], new byte[count][], new byte[count][], new byte[count][]);
        var row = 0;
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var leaf in groups[group].Leaves)
            {
                _groups[row] = group;
                _keys[row] = leaf.Key.ToBytes();
                _leaves[row] = Whole(leaf.Bytes);
                _lookups[row] = content == LogContent.Entries ? Lookups(leaf) : [];
                row++;
            }
        }
    }

    internal void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(Array(_groups, NpgsqlDbType.Integer));
        parameters.Add(Array(_keys, NpgsqlDbType.Bytea));
        parameters.Add(Array(_leaves, NpgsqlDbType.Bytea));
        parameters.Add(Array(_lookups, NpgsqlDbType.Bytea));
    }

    internal static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType type) => new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>The hashes of a row, 8 bytes each.</summary>
    internal static IEnumerable<long> LookupHashes(byte[] lookups)
    {
        for (var i = 0; i + sizeof(long) <= lookups.Length; i += sizeof(long))
        {
            yield return BinaryPrimitives.ReadInt64BigEndian(lookups.AsSpan(i));
        }
    }

    private static byte[] Lookups(LogLeaf leaf)
    {
        var hashes = EntryIndex.Lookups(leaf.Entry!).Select(l => LogTables.LookupHash(l.Field, l.Value)).Distinct().ToList();
        var bytes = new byte[hashes.Count * sizeof(long)];
        for (var i = 0; i < hashes.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * sizeof(long)), hashes[i]);
        }

        return bytes;
    }

    private static byte[] Whole(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Count == array.Length ? array : bytes.ToArray();
}
