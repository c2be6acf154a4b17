namespace Kfm.Provenance.Packaging;

/// <summary>How an archive is put together.</summary>
public enum ArchiveKind
{
    /// <summary>ZIP (PKWARE APPNOTE 6.3.10), with stored and deflated entries; also what nupkg, jar and wheel files are.</summary>
    Zip,

    /// <summary>tar: POSIX.1-2001 ustar and pax, and the long names and numbers of GNU tar.</summary>
    Tar,

    /// <summary>A tar compressed by gzip (RFC 1952).</summary>
    TarGzip,
}
