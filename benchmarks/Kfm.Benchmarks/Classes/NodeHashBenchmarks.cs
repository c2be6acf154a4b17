using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Kfm.Provenance.Digests;

namespace Kfm.Benchmarks.Classes;

/// <summary>Hashes of 65 bytes; <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> take lanes away.</summary>
[MemoryDiagnoser]
public class NodeHashBenchmarks
{
    private const int Count = 1024;
    private readonly byte[] _nodes = new byte[64 * Count];
    private readonly byte[] _hashes = new byte[32 * Count];

    /// <summary>One after the other, with the platform.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void OneByOne()
    {
        Span<byte> node = stackalloc byte[65];
        node[0] = 1;
        for (var i = 0; i < Count; i++)
        {
            _nodes.AsSpan(64 * i, 64).CopyTo(node[1..]);
            SHA256.HashData(node, _hashes.AsSpan(32 * i));
        }
    }

    /// <summary>In the lanes that the machine has.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Batch() => Sha256Batch.Hash([1], _nodes, 64, _hashes);
}
