using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using Kfm.Provenance.Packaging;

namespace Kfm.Benchmarks.Classes;

/// <summary>A reproducible zip of 500 MB in 64 files beside ZipArchive at the same level.</summary>
public class ZipBenchmarks
{
    private static readonly FileTrees Trees = new();
    private string _folder = "";

    /// <summary>How hard deflate tries.</summary>
    [Params(CompressionLevel.Fastest, CompressionLevel.Optimal)]
    public CompressionLevel Level { get; set; }

    /// <summary>Writes the files.</summary>
    [GlobalSetup]
    public void Create() => _folder = Trees.Text(64, 500_000_000);

    /// <summary>Deletes them.</summary>
    [GlobalCleanup]
    public void Delete() => Trees.Dispose();

    /// <summary>The platform's zip, which tells times and modes.</summary>
    [Benchmark(Baseline = true)]
    public void Platform() => ZipFile.CreateFromDirectory(_folder, Stream.Null, Level, includeBaseDirectory: false);

    /// <summary>The reproducible zip on one thread.</summary>
    [Benchmark]
    public void OneThread() => ArchiveWriter.WriteDirectory(Stream.Null, ArchiveKind.Zip, _folder, new() { Compression = Level, Parallelism = 1 });

    /// <summary>The reproducible zip on all threads.</summary>
    [Benchmark]
    public void AllThreads() => ArchiveWriter.WriteDirectory(Stream.Null, ArchiveKind.Zip, _folder, new() { Compression = Level });
}
