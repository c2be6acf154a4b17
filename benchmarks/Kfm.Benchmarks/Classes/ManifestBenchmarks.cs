using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Kfm.Provenance.Manifests;

namespace Kfm.Benchmarks.Classes;

/// <summary>A manifest of 1 GB in 64 files beside four threads that only hash.</summary>
[MemoryDiagnoser]
public class ManifestBenchmarks
{
    private const long Bytes = 1_000_000_000;
    private static readonly FileTrees Trees = new();
    private string _folder = "";

    /// <summary>Writes the files.</summary>
    [GlobalSetup]
    public void Create() => _folder = Trees.Large(64, Bytes);

    /// <summary>Deletes them.</summary>
    [GlobalCleanup]
    public void Delete() => Trees.Dispose();

    /// <summary>As many bytes of memory, on four threads.</summary>
    [Benchmark(Baseline = true)]
    public void HashAlone() => Parallel.For(0, 4, new() { MaxDegreeOfParallelism = 4 }, i =>
    {
        var content = FileTrees.InMemory(i);
        for (var left = Bytes / 4; left > 0; left -= content.Length)
        {
            SHA256.HashData(content.AsSpan(0, (int)Math.Min(left, content.Length)));
        }
    });

    /// <summary>The manifest.</summary>
    [Benchmark]
    public ArtifactManifest OfDirectory() => ArtifactManifest.OfDirectory(_folder, new() { Parallelism = 4 });
}
