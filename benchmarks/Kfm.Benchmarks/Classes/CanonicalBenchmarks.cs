using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Testing;

namespace Kfm.Benchmarks.Classes;

/// <summary>RFC 8785 beside the platform's parse and write, which does not sort.</summary>
[MemoryDiagnoser]
public class CanonicalBenchmarks
{
    private byte[] _input = [];

    /// <summary>The file below ../shared/bench/json.</summary>
    [Params("attestation-10k.json", "sbom-1m.json", "numbers-1m.json")]
    public string Document { get; set; } = "";

    /// <summary>Reads the document.</summary>
    [GlobalSetup]
    public void Read() => _input = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "..", "shared", "bench", "json", Document));

    /// <summary>Parse and write.</summary>
    [Benchmark(Baseline = true)]
    public string ParseAndWrite() => JsonNode.Parse(_input)!.ToJsonString();

    /// <summary>Canonical bytes.</summary>
    [Benchmark]
    public byte[] Canonicalize() => CanonicalJson.Canonicalize(_input);

    /// <summary>The digest of the canonical bytes.</summary>
    [Benchmark]
    public Digest Hash() => CanonicalJson.Hash(_input);
}
