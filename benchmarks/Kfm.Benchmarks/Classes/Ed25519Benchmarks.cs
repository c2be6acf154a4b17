using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Kfm.Provenance.Signing;

namespace Kfm.Benchmarks.Classes;

/// <summary>Verification of one signature, beside ECDSA P-256 of the platform.</summary>
[MemoryDiagnoser]
public class Ed25519Benchmarks
{
    private readonly byte[] _data = new byte[200];
    private readonly Ed25519SigningKey _key = Ed25519SigningKey.FromSeed(new byte[32]);
    private readonly ECDsa _platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _signature = [];
    private byte[] _der = [];

    /// <summary>Signs what is verified.</summary>
    [GlobalSetup]
    public void Setup() => (_signature, _der) = (_key.Sign(_data), _platform.SignData(_data, HashAlgorithmName.SHA256));

    /// <summary>Forgets the keys.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _key.Dispose();
        _platform.Dispose();
    }

    /// <summary>ECDSA P-256 of the platform.</summary>
    [Benchmark(Baseline = true)]
    public bool PlatformP256() => _platform.VerifyData(_data, _der, HashAlgorithmName.SHA256);

    /// <summary>Ed25519 in managed code.</summary>
    [Benchmark]
    public bool Ed25519() => _key.PublicKey.Verify(_data, _signature);
}
