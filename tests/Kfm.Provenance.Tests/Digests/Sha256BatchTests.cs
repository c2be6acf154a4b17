using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Tests.Digests;

/// <summary>Every path that this machine has, so that DOTNET_EnableAVX512=0 and DOTNET_EnableAVX2=0 are needed only for the choice among them.</summary>
public sealed class Sha256BatchTests
{
    private delegate void Engine(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, int[] ends, Span<byte> hashes);

    [Fact]
    public void Lanes_are_what_the_machine_has() =>
        Assert.Equal(Avx512BW.IsSupported ? 16 : Avx2.IsSupported ? 8 : 1, Sha256Batch.Lanes);

    [Fact]
    public void Hashes_of_any_lengths_are_those_of_the_platform() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var lengths = Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(random.Next(10) == 0 ? 5000 : 200)).ToArray();
        return Engines().All(engine => IsRight(engine, random.Next(65), lengths, seed));
    }).QuickCheckThrowOnFailure();

    // Both sides of each place where the padding needs one block more, and of the length from which messages go one by one.
    [Fact]
    public void Hashes_of_each_length_are_those_of_the_platform()
    {
        foreach (var length in Enumerable.Range(0, 260).Concat([511, 512, 2047, 2048, 2049]))
        {
            Assert.All(Engines(), engine => Assert.True(IsRight(engine, length % 3, [.. Enumerable.Repeat(length, 33)], length), $"{length} bytes"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Hashes_of_equal_messages_are_those_of_any_lengths(int count)
    {
        var data = Bytes(64 * count, count);
        var (equal, any) = (new byte[32 * count], new byte[32 * count]);

        Sha256Batch.Hash([1], data, 64, equal);
        Sha256Batch.Hash([1], data, [.. Enumerable.Range(1, count).Select(i => 64 * i)], any);

        Assert.Equal(any, equal);
        Assert.True(count == 0 || SHA256.HashData([1, .. data.AsSpan(^64..)]).AsSpan().SequenceEqual(equal.AsSpan(^32..)));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash([], new byte[10], 3, new byte[320]));
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash([], new byte[10], 5, new byte[63]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Batch.Hash([], new byte[10], 0, new byte[320]));
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash(new byte[65], new byte[10], 5, new byte[64]));
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash([], new byte[10], [4, 3], new byte[64]));
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash([], new byte[10], [4, 11], new byte[64]));
        var shared = new byte[128];
        Assert.Throws<ArgumentException>(() => Sha256Batch.Hash([], shared.AsSpan(0, 64), 32, shared.AsSpan(32)));
    }

    private static IEnumerable<Engine> Engines()
    {
        yield return static (prefix, data, ends, hashes) => Sha256Batch.Hash(prefix, data, ends, hashes);
        if (Sha256Lanes512.IsSupported)
        {
            yield return static (prefix, data, ends, hashes) => Sha256Scheduler<Sha256Lanes512, Vector512<uint>>.Hash(new(prefix, data, ends), hashes, 1);
        }

        if (Sha256Lanes256.IsSupported)
        {
            yield return static (prefix, data, ends, hashes) => Sha256Scheduler<Sha256Lanes256, Vector256<uint>>.Hash(new(prefix, data, ends), hashes, 1);
        }
    }

    private static bool IsRight(Engine engine, int prefixLength, int[] lengths, int seed)
    {
        var (prefix, data) = (Bytes(prefixLength, seed), Bytes(lengths.Sum(), seed + 1));
        var ends = new int[lengths.Length];
        var hashes = new byte[32 * lengths.Length];
        for (var (i, end) = (0, 0); i < ends.Length; i++)
        {
            ends[i] = end += lengths[i];
        }

        engine(prefix, data, ends, hashes);
        return ends.Select((end, i) => SHA256.HashData([.. prefix, .. data.AsSpan(end - lengths[i], lengths[i])])).SelectMany(h => h).SequenceEqual(hashes);
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
