namespace Kfm.Provenance.Packaging;

/// <summary>The entries of a tar.</summary>
internal static class TarDirectory
{
    private const long LargestOctal = 0x1_FFFF_FFFF;

    /// <exception cref="ArchiveFormatException">The archive is refused.</exception>
    public static List<ArchiveEntry> Read(ByteSource source, ArchiveReadOptions options)
    {
        var entries = new List<ArchiveEntry>();
        var files = new Dictionary<string, ArchiveEntry>(StringComparer.Ordinal);
        var extensions = new TarExtensions();
        var (at, isExtended, headers) = (0L, false, 0L);
        var block = new byte[TarHeader.Bytes];
        for (source.ReadExactly(at, block, "the archive"); block.AsSpan().ContainsAnyExcept((byte)0); source.ReadExactly(at, block, "the archive: two blocks of zeros are missing at the end"))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            var header = TarHeader.Read(block, at);
            if (++headers > 3L * options.MaxEntries || entries.Count >= options.MaxEntries)
            {
                throw new ArchiveFormatException(FormattableString.Invariant($"There are more than {options.MaxEntries} entries."), at);
            }

            var size = header.Size;
            if (header.Type is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K')
            {
                extensions.Add(source, header);
                isExtended |= header.Type != 'g';
            }
            else
            {
                if (Entry(header, extensions, files) is { } entry)
                {
                    entries.Add(entry);
                    files[entry.Path] = entry;
                }

                size = header.Type is 0 or (byte)'0' or (byte)'7' ? ContentSize(header, extensions) : 0;
                (extensions, isExtended) = (new(), false);
            }

            at = Next(source, at, size);
        }

        RequireEnd(source, at, isExtended);
        return entries;
    }

    private static ArchiveEntry? Entry(TarHeader header, TarExtensions extensions, Dictionary<string, ArchiveEntry> files)
    {
        var written = extensions.Path ?? header.Name;
        var name = Plain(written);
        var kind = Kind(header, written);
        if (kind == ArchiveEntryKind.Folder && name.Length == 0)
        {
            // "./" is the root itself.
            return null;
        }

        var path = EntryRules.Path(name, header.Offset);
        if (header.Type == '1')
        {
            var target = Plain(extensions.LinkPath ?? header.LinkName);
            return files.TryGetValue(target, out var same) && same.Kind == ArchiveEntryKind.File && header.Size == 0
                ? new ArchiveEntry(path, kind, same.Size, header.Offset)
                {
                    Mode = same.Mode,
                    IsExecutable = same.IsExecutable,
                    Modified = same.Modified,
                    Owner = same.Owner,
                    DataOffset = same.DataOffset,
                    CompressedSize = same.Size,
                }
                : throw new ArchiveFormatException($"The hard link is not to a file before it: '{target}'.", header.Offset, path);
        }

        var size = kind == ArchiveEntryKind.File ? ContentSize(header, extensions) : 0;
        return new ArchiveEntry(path, kind, size, header.Offset)
        {
            Mode = header.Mode,
            IsExecutable = kind == ArchiveEntryKind.File && (header.Mode & 0x40) != 0,
            LinkTarget = kind == ArchiveEntryKind.Link ? extensions.LinkPath ?? header.LinkName : null,
            Modified = Time(header.Time),
            Owner = header.Owner,
            DataOffset = header.Offset + TarHeader.Bytes,
            CompressedSize = size,
            Details = extensions.Time ?? "",
        };
    }

    // A name of the old format ends with a slash when it is a folder.
    private static ArchiveEntryKind Kind(TarHeader header, string name) => header.Type switch
    {
        (byte)'0' or 0 or (byte)'7' or (byte)'1' when !name.EndsWith('/') => ArchiveEntryKind.File,
        (byte)'5' when header.Size == 0 => ArchiveEntryKind.Folder,
        (byte)'2' when header.Size == 0 && !name.EndsWith('/') => ArchiveEntryKind.Link,
        _ => throw new ArchiveFormatException(
            $"It is neither file nor folder nor link (type '{(char)Math.Clamp(header.Type, (byte)' ', (byte)'~')}'), or its name or size says something else than its type.", header.Offset, name),
    };

    // Where both sizes can tell the truth, readers that go by one or the other must see the same entries.
    private static long ContentSize(TarHeader header, TarExtensions extensions)
    {
        var size = extensions.Size ?? header.Size;
        return size >= 0 && (size == header.Size || size > LargestOctal)
            ? size
            : throw new ArchiveFormatException("The header and the pax record before it tell two sizes, or a negative one.", header.Offset, header.Name);
    }

    private static string Plain(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name[2..];
        }

        name = name == "." ? "" : name;
        return name.EndsWith('/') ? name[..^1] : name;
    }

    private static long Next(ByteSource source, long at, long size)
    {
        var room = source.Length - at - TarHeader.Bytes;
        return size >= 0 && size <= room
            ? at + TarHeader.Bytes + ((size + TarHeader.Bytes - 1) / TarHeader.Bytes * TarHeader.Bytes)
            : throw new ArchiveFormatException("The content goes on behind the end of the archive.", at);
    }

    private static void RequireEnd(ByteSource source, long at, bool isExtended)
    {
        if (isExtended)
        {
            throw new ArchiveFormatException("An extended header belongs to no entry.", at);
        }

        var bytes = new byte[64 * 1024];
        source.ReadExactly(at, bytes.AsSpan(0, 2 * TarHeader.Bytes), "the two blocks of zeros at the end");
        for (var count = source.Read(at, bytes); count > 0; at += count, count = source.Read(at, bytes))
        {
            if (bytes.AsSpan(0, count).IndexOfAnyExcept((byte)0) is >= 0 and var index)
            {
                throw new ArchiveFormatException("Bytes follow the end.", at + index);
            }
        }
    }

    private static DateTime? Time(long seconds) => seconds is >= 0 and < 253402300800 ? DateTime.UnixEpoch.AddSeconds(seconds) : null;
}
