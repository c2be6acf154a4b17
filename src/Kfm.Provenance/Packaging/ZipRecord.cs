using System.Buffers.Binary;

namespace Kfm.Provenance.Packaging;

/// <summary>A record of the central directory (APPNOTE 4.3.12), with what its zip64 field widens.</summary>
internal sealed class ZipRecord
{
    public const int FixedBytes = 46;

    public required byte[] Name { get; init; }

    public required ushort Flags { get; init; }

    public required ushort Method { get; init; }

    public required ushort VersionMadeBy { get; init; }

    public required uint Time { get; init; }

    public required uint Crc { get; init; }

    public required uint Attributes { get; init; }

    public required long CompressedSize { get; init; }

    public required long Size { get; init; }

    public required long Offset { get; init; }

    /// <summary>The rest, for comparison only.</summary>
    public required string Details { get; init; }

    public string Text => System.Text.Encoding.UTF8.GetString(Name);

    public bool HasDescriptor => (Flags & 0x8) != 0;

    /// <summary>Reads the record at the start of some bytes.</summary>
    /// <param name="bytes">What is left of the directory.</param>
    /// <param name="offset">Where in the archive they start.</param>
    /// <param name="length">The length of the record.</param>
    /// <exception cref="ArchiveFormatException">There is no record.</exception>
    public static ZipRecord Read(ReadOnlySpan<byte> bytes, long offset, out int length)
    {
        if (bytes.Length < FixedBytes || !bytes.StartsWith("PK\x01\x02"u8))
        {
            throw new ArchiveFormatException("A record of the central directory is expected.", offset);
        }

        var name = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
        length = FixedBytes + name + extra + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
        if (length > bytes.Length)
        {
            throw new ArchiveFormatException("A record of the central directory goes on behind its end.", offset);
        }

        var fields = new ZipExtra(bytes.Slice(FixedBytes + name, extra), offset);
        var record = new ZipRecord
        {
            Name = bytes.Slice(FixedBytes, name).ToArray(),
            VersionMadeBy = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
            Flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
            Method = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
            Time = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),

            // The order of the fields is that of the wide ones in the zip64 field.
            Size = fields.Wide(BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..])),
            CompressedSize = fields.Wide(BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..])),
            Offset = fields.Wide(BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..])),
            Attributes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[38..]),
            Details = Convert.ToHexStringLower(bytes[4..10]) + Convert.ToHexStringLower(bytes[36..38]) + Convert.ToHexStringLower(bytes[(FixedBytes + name)..length]),
        };
        fields.RequireName(record.Name);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes[34..]) == 0 ? record : throw new ArchiveFormatException("It is split over several files.", offset);
    }
}
