namespace Kfm.Provenance.Packaging;

/// <summary>An entry of an archive, checked: its path is plain, its kind is known, and a link stays below the root.</summary>
public sealed record ArchiveEntry
{
    internal ArchiveEntry(string path, ArchiveEntryKind kind, long size, long offset) => (Path, Kind, Size, Offset) = (path, kind, size, offset);

    /// <summary>The path below the root (<see cref="Manifests.RelativePath"/>), of a folder without the slash at its end.</summary>
    public string Path { get; }

    /// <summary>What the entry is.</summary>
    public ArchiveEntryKind Kind { get; }

    /// <summary>The length of the content in bytes, as the archive tells it; 0 for links and folders.</summary>
    public long Size { get; }

    /// <summary>Where the header of the entry starts; of a compressed tar, in what it decompresses to.</summary>
    public long Offset { get; }

    /// <summary>Whether the owner may execute the file.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>What a symbolic link names, as it is written; null for what is not one.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The time of the last change as the archive tells it: of a zip local time of an unknown zone, in steps of two seconds.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>The permission bits of Unix as the archive tells them; null when it does not.</summary>
    public int? Mode { get; init; }

    /// <summary>Who owns the entry, in words that two archives can be compared by; empty for a zip.</summary>
    internal string Owner { get; init; } = "";

    internal long DataOffset { get; init; }

    internal long CompressedSize { get; init; }

    internal bool IsDeflated { get; init; }

    /// <summary>The CRC-32 of the content; null when the archive has none.</summary>
    internal uint? Crc { get; init; }

    /// <summary>What else a zip says of the entry: version, system, flags, extra fields, comment. For comparison only.</summary>
    internal string Details { get; init; } = "";
}
