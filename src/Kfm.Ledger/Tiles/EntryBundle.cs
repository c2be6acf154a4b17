using System.Buffers.Binary;

namespace Kfm.Ledger.Tiles;

/// <summary>A bundle of entries: each is preceded by its length in two bytes, big-endian (C2SP tlog-tiles, log entries).</summary>
public static class EntryBundle
{
    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">At most 256 entries of at most 65,535 bytes.</param>
    /// <exception cref="ArgumentException">There are too many entries, or one is too long.</exception>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count > Tile.Width || entries.Any(e => e.Length > ushort.MaxValue))
        {
            throw new ArgumentException($"A bundle has at most {Tile.Width} entries of at most {ushort.MaxValue} bytes.", nameof(entries));
        }

        var bundle = new byte[entries.Sum(e => 2 + e.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">The bytes of the bundle.</param>
    /// <returns>The entries, slices of <paramref name="bundle"/>; null when the bytes are not a bundle of at most 256 entries.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? TryRead(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        for (var rest = bundle; !rest.IsEmpty;)
        {
            if (rest.Length < 2 || entries.Count == Tile.Width)
            {
                return null;
            }

            var end = 2 + BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (rest.Length < end)
            {
                return null;
            }

            entries.Add(rest[2..end]);
            rest = rest[end..];
        }

        return entries;
    }
}
