using System.Buffers.Binary;
using System.Text;

namespace Kfm.Provenance.Packaging;

/// <summary>The headers of an entry that is written: a function of path, kind, time and content alone.</summary>
internal sealed record ZipWrittenEntry(ArchiveItem Item, byte[] Name, uint Time, uint Crc, long CompressedSize, bool IsDeflated, long Offset)
{
    // Above it, what deflate may add could pass 32 bits. It goes by the size alone, because the header is written before the content.
    private const long Zip64From = 0xF000_0000;
    private const ushort MadeByUnix = 3 << 8;

    private bool IsWide => Item.Size >= Zip64From;

    private bool IsFar => Offset >= uint.MaxValue;

    private ushort Version => (ushort)(IsWide || IsFar ? 45 : 20);

    private ushort Flags => (ushort)(Ascii.IsValid(Name) ? 0 : 0x800);

    private uint Mode => Item.LinkTarget is not null ? 0xA1FFu : Item.IsExecutable ? 0x81EDu : 0x81A4u;

    public byte[] LocalHeader()
    {
        var bytes = new byte[30 + Name.Length + (IsWide ? 20 : 0)];
        "PK\x03\x04"u8.CopyTo(bytes);
        Common(bytes.AsSpan(4), IsWide ? (ushort)45 : (ushort)20, IsWide ? 20 : 0);
        Name.CopyTo(bytes, 30);
        if (IsWide)
        {
            Wide(bytes.AsSpan(30 + Name.Length), Item.Size, CompressedSize);
        }

        return bytes;
    }

    public byte[] CentralHeader()
    {
        long[] wide = [.. IsWide ? [Item.Size, CompressedSize] : Array.Empty<long>(), .. IsFar ? [Offset] : Array.Empty<long>()];
        var extra = wide.Length == 0 ? 0 : 4 + (8 * wide.Length);
        var bytes = new byte[46 + Name.Length + extra];
        "PK\x01\x02"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), (ushort)(MadeByUnix | Version));
        Common(bytes.AsSpan(6), Version, extra);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(38), Mode << 16);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(42), (uint)Math.Min(Offset, uint.MaxValue));
        Name.CopyTo(bytes, 46);
        if (extra > 0)
        {
            Wide(bytes.AsSpan(46 + Name.Length), wide);
        }

        return bytes;
    }

    /// <summary>The end records.</summary>
    public static byte[] End(long entries, long start, long size)
    {
        var isWide = entries >= ushort.MaxValue || start >= uint.MaxValue || size >= uint.MaxValue;
        var bytes = new byte[isWide ? 56 + 20 + 22 : 22];
        var end = bytes.AsSpan(bytes.Length - 22);
        if (isWide)
        {
            "PK\x06\x06"u8.CopyTo(bytes);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), 44);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), MadeByUnix | 45);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), 45);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), entries);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), entries);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), size);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), start);
            "PK\x06\x07"u8.CopyTo(bytes.AsSpan(56));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64), start + size);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(72), 1);
        }

        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)Math.Min(entries, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)Math.Min(entries, ushort.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)Math.Min(size, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)Math.Min(start, uint.MaxValue));
        return bytes;
    }

    // The fields that both headers have in one order.
    private void Common(Span<byte> at, ushort version, int extra)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, version);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], (ushort)(IsDeflated ? 8 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(at[6..], Time);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], IsWide ? uint.MaxValue : (uint)CompressedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], IsWide ? uint.MaxValue : (uint)Item.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)Name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[24..], (ushort)extra);
    }

    private static void Wide(Span<byte> at, params ReadOnlySpan<long> values)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)(8 * values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(at[(4 + (8 * i))..], values[i]);
        }
    }
}
