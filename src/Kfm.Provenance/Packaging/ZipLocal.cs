using System.Buffers.Binary;

namespace Kfm.Provenance.Packaging;

/// <summary>The local header of an entry (APPNOTE 4.3.7) and what may follow its content (4.3.9), held against the central directory.</summary>
internal static class ZipLocal
{
    private const int FixedBytes = 30;

    // How hard the compressor tried does not matter to any reader.
    private const int EffortBits = 0x6;

    /// <summary>Where the content starts.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="record">What the central directory says.</param>
    /// <param name="end">Where the next entry, or the directory, starts.</param>
    /// <exception cref="ArchiveFormatException">The header says something else, or the entry does not end where the next one starts.</exception>
    public static long DataOffset(ByteSource source, ZipRecord record, long end)
    {
        Span<byte> header = stackalloc byte[FixedBytes];
        source.ReadExactly(record.Offset, header, "a local header");
        if (!header.StartsWith("PK\x03\x04"u8))
        {
            throw Fault(record, "There is no local header where the central directory says.");
        }

        var variable = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])];
        source.ReadExactly(record.Offset + FixedBytes, variable, "a local header");
        var name = variable.AsSpan(0, BinaryPrimitives.ReadUInt16LittleEndian(header[26..]));
        if (!name.SequenceEqual(record.Name))
        {
            throw Fault(record, "The local header tells another name than the central directory.");
        }

        if (((BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) ^ record.Flags) & ~EffortBits) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != record.Method)
        {
            throw Fault(record, "The local header tells another method or other flags than the central directory.");
        }

        var extra = new ZipExtra(variable.AsSpan(name.Length), record.Offset);
        extra.RequireName(name);
        CheckSizes(header, extra, record);
        var data = record.Offset + FixedBytes + variable.Length;
        var rest = end - data - record.CompressedSize;
        if (record.HasDescriptor ? !IsDescriptor(source, record, end - rest, rest) : rest != 0)
        {
            throw Fault(record, "The entry does not end where the next one starts: entries overlap, or bytes stand between them.");
        }

        return data;
    }

    private static void CheckSizes(ReadOnlySpan<byte> header, ZipExtra extra, ZipRecord record)
    {
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header[14..]);
        var size = extra.Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[22..]));
        var compressed = extra.Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[18..]));
        var unknown = record.HasDescriptor;
        if (!((unknown && crc == 0) || crc == record.Crc)
            || !((unknown && size is 0 or uint.MaxValue) || size == record.Size)
            || !((unknown && compressed is 0 or uint.MaxValue) || compressed == record.CompressedSize))
        {
            throw Fault(record, "The local header tells another sum or other sizes than the central directory.");
        }
    }

    // Written with or without a signature, with 32 or 64 bits; its length tells which.
    private static bool IsDescriptor(ByteSource source, ZipRecord record, long offset, long length)
    {
        if (length is not (12 or 16 or 20 or 24))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[(int)length];
        source.ReadExactly(offset, bytes, "a data descriptor");
        if (length is 16 or 24)
        {
            if (!bytes.StartsWith("PK\x07\x08"u8))
            {
                return false;
            }

            bytes = bytes[4..];
        }

        var (compressed, size) = bytes.Length == 12
            ? (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
            : (BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) == record.Crc && compressed == record.CompressedSize && size == record.Size;
    }

    private static ArchiveFormatException Fault(ZipRecord record, string message) => new(message, record.Offset, record.Text);
}
