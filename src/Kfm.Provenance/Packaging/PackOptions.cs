using System.IO.Compression;

namespace Kfm.Provenance.Packaging;

/// <summary>How an archive is written. Equal contents and equal options give equal bytes, whatever <see cref="Parallelism"/> is.</summary>
public sealed class PackOptions
{
    /// <summary>The time that every entry gets, in UTC and whole seconds (SOURCE_DATE_EPOCH); 1980-01-01, the first that zip knows, unless set.
    /// A zip tells it in steps of two seconds and within 1980 to 2107, a tar from 1970 on.</summary>
    public DateTimeOffset SourceDateEpoch { get; init; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How hard deflate tries; <see cref="CompressionLevel.Optimal"/> unless set. What it gives depends on the zlib in the .NET runtime:
    /// only <see cref="CompressionLevel.NoCompression"/> gives bytes that stay the same when the runtime changes.</summary>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Optimal;

    /// <summary>How many entries of a zip are compressed at once, from 1; as many as the process has processors when 0.</summary>
    public int Parallelism { get; init; }

    /// <summary>Stops the writing; what was written stays.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal static PackOptions Default { get; } = new();

    internal int Workers => Parallelism > 0 ? Parallelism : Environment.ProcessorCount;
}
