using System.Buffers.Binary;

namespace Kfm.Provenance.Packaging;

/// <summary>The end records of a zip (APPNOTE 4.3.14 to 4.3.16): where the central directory lies.</summary>
/// <param name="Entries">The number of entries.</param>
/// <param name="DirectoryOffset">Where the directory starts.</param>
/// <param name="DirectorySize">Its length in bytes.</param>
/// <param name="Comment">The comment of the archive.</param>
internal sealed record ZipEnd(long Entries, long DirectoryOffset, long DirectorySize, string Comment)
{
    private const int Size = 22;
    private const int LocatorSize = 20;
    private const int Size64 = 56;

    /// <exception cref="ArchiveFormatException">There is not one end, at the end of the archive.</exception>
    public static ZipEnd Read(ByteSource source)
    {
        var tail = new byte[(int)Math.Min(source.Length, Size + ushort.MaxValue)];
        var tailAt = source.Length - tail.Length;
        source.ReadExactly(tailAt, tail, "the end record");
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var offset = tailAt + at;
        if (at < 0 || at + Size > tail.Length || at + Size + BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) != tail.Length)
        {
            throw new ArchiveFormatException("There is no end record whose comment ends with the archive; or bytes follow it.", Math.Max(offset, 0));
        }

        var record = tail.AsSpan(at);
        RequireOneDisk(record[4..8].ContainsAnyExcept((byte)0) || !record[8..10].SequenceEqual(record[10..12]), offset);
        var end = new ZipEnd(
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            Convert.ToHexStringLower(record[Size..]));
        var (located, start) = Zip64(source, offset, end);

        // Some readers take the offset at its word, others count back from the end.
        return located.DirectoryOffset >= 0 && located.DirectorySize >= 0 && located.DirectoryOffset == start - located.DirectorySize
            ? located
            : throw new ArchiveFormatException("The central directory does not end where the end record starts: bytes stand before or between.", start);
    }

    private static (ZipEnd End, long Start) Zip64(ByteSource source, long offset, ZipEnd end)
    {
        Span<byte> locator = stackalloc byte[LocatorSize];
        var saturated = end.Entries == ushort.MaxValue || end.DirectoryOffset == uint.MaxValue || end.DirectorySize == uint.MaxValue;
        if (offset >= LocatorSize)
        {
            source.ReadExactly(offset - LocatorSize, locator, "the zip64 locator");
        }

        if (!locator.StartsWith("PK\x06\x07"u8))
        {
            return end.DirectoryOffset == uint.MaxValue || end.DirectorySize == uint.MaxValue
                ? throw new ArchiveFormatException("The zip64 end record that the end record asks for is missing.", offset)
                : (end, offset);
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        RequireOneDisk(BinaryPrimitives.ReadUInt32LittleEndian(locator[4..]) != 0 || BinaryPrimitives.ReadUInt32LittleEndian(locator[16..]) != 1, offset - LocatorSize);
        if (at < 0 || at > offset - LocatorSize - Size64)
        {
            throw new ArchiveFormatException("The zip64 locator names no zip64 end record.", offset - LocatorSize);
        }

        Span<byte> record = stackalloc byte[Size64];
        source.ReadExactly(at, record, "the zip64 end record");
        if (!record.StartsWith("PK\x06\x06"u8) || BinaryPrimitives.ReadInt64LittleEndian(record[4..]) != offset - LocatorSize - at - 12)
        {
            throw new ArchiveFormatException("The zip64 end record does not end where its locator starts.", at);
        }

        RequireOneDisk(record[16..24].ContainsAnyExcept((byte)0) || !record[24..32].SequenceEqual(record[32..40]), at);
        var wide = new ZipEnd(
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[40..]),
            end.Comment);
        return saturated
            && (end.Entries == ushort.MaxValue || end.Entries == wide.Entries)
            && (end.DirectoryOffset == uint.MaxValue || end.DirectoryOffset == wide.DirectoryOffset)
            && (end.DirectorySize == uint.MaxValue || end.DirectorySize == wide.DirectorySize)
            ? (wide, at)
            : throw new ArchiveFormatException("The end record and the zip64 end record do not tell the same.", at);
    }

    private static void RequireOneDisk(bool isSplit, long offset)
    {
        if (isSplit)
        {
            throw new ArchiveFormatException("It is split over several files.", offset);
        }
    }
}
