using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Ledger.Tests.Witnesses;
using Kfm.Ledger.Tiles;
using Kfm.Provenance;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Xunit.Abstractions;

namespace Kfm.Ledger.Tests;

/// <summary>
/// Mutates requests to a witness, policies, proofs, checkpoints, statements of succession and bundles: each is read, or refused with the exception of its
/// format. <c>KFM_FUZZ_SECONDS</c> sets the time, <c>KFM_FUZZ_SEED</c> the seed.
/// </summary>
public sealed class FuzzLogFormatTests(ITestOutputHelper output) : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Mutated_text_is_read_or_refused_with_the_exception_of_its_format()
    {
        var time = TimeSpan.FromSeconds(Number("KFM_FUZZ_SECONDS", 0.3));
        var seed = (int)Number("KFM_FUZZ_SEED", 20261122);
        var random = new Random(seed);
        using var witnesses = new WitnessFixture(_fixture.Verifier);
        var seeds = Seeds(witnesses);
        var (runs, read) = (0, 0);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; runs++)
        {
            var bytes = Mutate(seeds[random.Next(seeds.Count)], seeds[random.Next(seeds.Count)], random);
            read += Read(bytes, witnesses) ? 1 : 0;
        }

        output.WriteLine($"fuzz log formats: seed {seed}, {runs} inputs, {read} read, 0 leaks");
    }

    private static double Number(string variable, double value) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : value;

    private List<byte[]> Seeds(WitnessFixture witnesses)
    {
        using var log = _fixture.Open();
        log.Append([.. Enumerable.Range(0, 5).Select(i => LogFixture.Entry(i))]);
        var note = log.CosignAsync(witnesses.Settings(0, 1, 2)).GetAwaiter().GetResult().Note!;
        var statement = LogKeyRing.Succeed(new NoteSigner(LogFixture.Origin, _fixture.Key), _fixture.Verifier, 3, 4);
        return
        [
            Encoding.UTF8.GetBytes("old 5\n\n" + note),
            Encoding.UTF8.GetBytes($"old 3\n{MerkleHash.Empty}\n{MerkleHash.Empty}\n\n{note}"),
            Encoding.UTF8.GetBytes($"# p\nlog {_fixture.Verifier} https://x/\ngroup g 2 a b\nquorum none\n"),
            Encoding.UTF8.GetBytes(log.ProveInclusion(2).ToString()),
            Encoding.UTF8.GetBytes(note),
            Encoding.UTF8.GetBytes(statement),
            log.ReadEntryBundle(0, 5)!,
        ];
    }

    private static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = seed.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(Math.Min(40, bytes.Count - at));
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes[at] = (byte)"\n 0+\r9"[random.Next(6)]; break;
                case 4: bytes.InsertRange(at, other.Take(random.Next(other.Length))); break;
                default: bytes[at] = (byte)random.Next(256); break;
            }
        }

        return [.. bytes];
    }

    private bool Read(byte[] bytes, WitnessFixture witnesses)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var isRead = EntryBundle.TryRead(bytes) is not null;
        isRead |= witnesses.Witnesses[0].AddCheckpoint(bytes).Status != 400;
        _ = witnesses.Policy.Verify(text).IsVerified;
        isRead |= Try(() => WitnessPolicy.Parse(bytes));
        isRead |= Try(() => TlogProof.Parse(text).Verify([1], witnesses.Policy));
        isRead |= Try(() => TlogProof.ParseLenient(text));
        isRead |= Try(() => Checkpoint.Parse(text));
        isRead |= Try(() => new LogKeyRing(_fixture.Verifier).Follow(text));
        return isRead;
    }

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (KfmException)
        {
            return false;
        }
    }
}
