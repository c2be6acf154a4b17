namespace Kfm.Provenance.Packaging;

/// <summary>The limits under which an archive is read, and what of it is refused.</summary>
public sealed class ArchiveReadOptions
{
    /// <summary>The most entries; 1,000,000 unless set.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>The most bytes of content of all entries together; 16 GiB unless set.</summary>
    public long MaxTotalBytes { get; init; } = 16L << 30;

    /// <summary>How many times larger than its compressed form content may be, of an entry and of all together; 200 unless set. It counts from 16 MiB on,
    /// because a small file of one byte repeated reaches the most that deflate can do, 1032.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Whether two names that differ only by case are refused, as a file system of Windows or macOS would make them one.</summary>
    public bool RefuseCaseCollisions { get; init; }

    /// <summary>Stops the reading.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal static ArchiveReadOptions Default { get; } = new();

    internal const long RatioFrom = 16 << 20;

    /// <summary>Whether so much content from so few bytes is more than allowed.</summary>
    internal bool IsBomb(long size, long compressed) => size > RatioFrom && size / MaxRatio > compressed;
}
