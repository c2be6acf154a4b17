namespace Kfm.Provenance.Packaging;

/// <summary>What an entry of an archive is.</summary>
public enum ArchiveEntryKind
{
    /// <summary>A file; a hard link of a tar is the file that it repeats.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,
}
