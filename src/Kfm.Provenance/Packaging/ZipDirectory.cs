using System.Text;
using System.Text.Unicode;

namespace Kfm.Provenance.Packaging;

/// <summary>The entries of a zip, from a central directory that agrees with the local headers and leaves no byte of the archive unnamed.</summary>
internal static class ZipDirectory
{
    private const int MaxDirectoryBytes = 512 << 20;
    private const int MaxTargetBytes = 4096;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;
    private const ushort Utf8Name = 0x800;

    // Encryption, patch data, strong encryption and a hidden directory.
    private const ushort RefusedFlags = 0x1 | 0x20 | 0x40 | 0x2000;

    /// <exception cref="ArchiveFormatException">The archive is refused.</exception>
    public static List<ArchiveEntry> Read(ByteSource source, ArchiveReadOptions options)
    {
        var end = ZipEnd.Read(source);
        if (end.Entries < 0 || end.Entries > options.MaxEntries || end.DirectorySize > MaxDirectoryBytes)
        {
            throw new ArchiveFormatException(FormattableString.Invariant($"There are more than {options.MaxEntries} entries, or the directory is larger than {MaxDirectoryBytes} bytes."), end.DirectoryOffset);
        }

        var records = Records(source, end, options.CancellationToken);
        var starts = records.ToDictionary(r => r, _ => 0L);
        var next = end.DirectoryOffset;
        foreach (var record in records.OrderByDescending(r => r.Offset))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (record.Offset >= next)
            {
                throw new ArchiveFormatException("Two entries share bytes, or the entry lies behind the directory.", record.Offset, record.Text);
            }

            starts[record] = ZipLocal.DataOffset(source, record, next);
            next = record.Offset;
        }

        if (next != 0)
        {
            throw new ArchiveFormatException("Bytes stand before the first entry.", 0);
        }

        // Many entries that each stay below where the ratio counts are a bomb as well.
        return options.IsBomb(records.Aggregate(0L, (sum, r) => r.Size > long.MaxValue - sum ? long.MaxValue : sum + r.Size), source.Length)
            ? throw new ArchiveFormatException(FormattableString.Invariant($"The contents are more than {options.MaxRatio} times as large as the archive."), end.DirectoryOffset)
            : [.. records.Select(r => Entry(source, r, starts[r], options))];
    }

    private static List<ZipRecord> Records(ByteSource source, ZipEnd end, CancellationToken cancellationToken)
    {
        var directory = new byte[(int)end.DirectorySize];
        source.ReadExactly(end.DirectoryOffset, directory, "the central directory");
        var records = new List<ZipRecord>();
        var at = 0;
        for (; at < directory.Length && records.Count < end.Entries; cancellationToken.ThrowIfCancellationRequested())
        {
            records.Add(ZipRecord.Read(directory.AsSpan(at), end.DirectoryOffset + at, out var length));
            at += length;
        }

        return records.Count == end.Entries && at == directory.Length
            ? records
            : throw new ArchiveFormatException("The central directory has not as many records as the end record tells.", end.DirectoryOffset + at);
    }

    private static ArchiveEntry Entry(ByteSource source, ZipRecord record, long data, ArchiveReadOptions options)
    {
        var name = Name(record);
        if ((record.Flags & RefusedFlags) != 0 || record.Method is not (Stored or Deflated) || (record.Method == Stored && record.Size != record.CompressedSize))
        {
            throw new ArchiveFormatException("It is encrypted, or compressed by another method than deflate, or told to be stored with another size.", record.Offset, name);
        }

        if (options.IsBomb(record.Size, record.CompressedSize))
        {
            throw new ArchiveFormatException(FormattableString.Invariant($"{record.Size} bytes from {record.CompressedSize} are more than {options.MaxRatio} times as much."), record.Offset, name);
        }

        var kind = Kind(record, name);
        var isUnix = record.VersionMadeBy >> 8 is 3 or 19;
        var entry = new ArchiveEntry(EntryRules.Path(kind == ArchiveEntryKind.Folder ? name.TrimEnd('/') : name, record.Offset), kind, record.Size, record.Offset)
        {
            Mode = isUnix ? (int)(record.Attributes >> 16) & 0xFFF : null,
            IsExecutable = kind == ArchiveEntryKind.File && isUnix && (record.Attributes >> 16 & 0x40) != 0,
            Modified = DosTime.Read(record.Time),
            DataOffset = data,
            CompressedSize = record.CompressedSize,
            IsDeflated = record.Method == Deflated,
            Crc = record.Crc,
            Details = record.Details + record.Attributes.ToString("x8", System.Globalization.CultureInfo.InvariantCulture),
        };
        return kind switch
        {
            ArchiveEntryKind.Folder when record.Size > 0 || name.EndsWith("//", StringComparison.Ordinal) =>
                throw new ArchiveFormatException("A folder has content, or two slashes at its end.", record.Offset, name),
            ArchiveEntryKind.Link => Link(source, entry, options),
            _ => entry,
        };
    }

    private static ArchiveEntryKind Kind(ZipRecord record, string name)
    {
        var type = record.VersionMadeBy >> 8 is 3 or 19 ? record.Attributes >> 16 & 0xF000 : 0;
        return (name.EndsWith('/'), type) switch
        {
            (true, 0 or 0x4000) => ArchiveEntryKind.Folder,
            (false, 0 or 0x8000) => ArchiveEntryKind.File,
            (false, 0xA000) => ArchiveEntryKind.Link,
            _ => throw new ArchiveFormatException("It is neither file nor folder nor link, or its name says something else than its mode.", record.Offset, name),
        };
    }

    // Names that are not marked as UTF-8 are of whatever code page the reader believes in.
    private static string Name(ZipRecord record) => Ascii.IsValid(record.Name) || ((record.Flags & Utf8Name) != 0 && Utf8.IsValid(record.Name))
        ? record.Text
        : throw new ArchiveFormatException("The name is neither ASCII nor well-formed UTF-8 that is marked as such; readers disagree about it.", record.Offset, record.Text);

    private static ArchiveEntry Link(ByteSource source, ArchiveEntry entry, ArchiveReadOptions options)
    {
        if (entry.Size > MaxTargetBytes)
        {
            throw new ArchiveFormatException($"The target of the link is longer than {MaxTargetBytes} bytes.", entry.Offset, entry.Path);
        }

        var target = new byte[(int)entry.Size];
        using (var stream = new EntryStream(source, entry, options.CancellationToken))
        {
            stream.ReadExactly(target);

            // The end is where the sum is checked.
            _ = stream.Read([0]);
        }

        return Utf8.IsValid(target)
            ? new ArchiveEntry(entry.Path, ArchiveEntryKind.Link, 0, entry.Offset) { LinkTarget = Encoding.UTF8.GetString(target), Mode = entry.Mode, Modified = entry.Modified, Details = entry.Details }
            : throw new ArchiveFormatException("The target of the link is not UTF-8.", entry.Offset, entry.Path);
    }
}
