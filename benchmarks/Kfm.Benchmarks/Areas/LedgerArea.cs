using System.Diagnostics;
using Kfm.Ledger;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Benchmarks.Areas;

/// <summary>
/// The ledger on SQLite with synchronous=FULL: entries of 512 bytes, acknowledged when they are on the device. The disk is that of the temporary folder
/// (<c>TMPDIR</c>); its figures vary more than any other here.
/// </summary>
public sealed class LedgerArea : Area
{
    private const int EntryBytes = 512;
    private const int BulkEntries = 1_000_000;
    private const string Tessera = "Tessera POSIX, recorded 2026-08";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public override string Name => "ledger";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure() =>
        [.. Acknowledgements(1, 910, 137), .. Acknowledgements(16, 63, 1_338), .. Acknowledgements(256, 42_196, 13_034), .. TryAppend(), .. Bulk()];

    private static IEnumerable<Row> Acknowledgements(int writers, double tessera, double immudb)
    {
        using var bench = new LogBench(isIdempotent: true);
        bench.RunWriters(writers, TimeSpan.FromMilliseconds(500));
        var rounds = Enumerable.Range(0, 3).Select(_ => bench.RunWriters(writers, Duration)).ToList();
        var rate = rounds.Select(r => r.Rate).Order().ElementAt(1);
        var name = $"durable acks, {writers} writers x {EntryBytes} B, idempotent";
        yield return new(name, rate, "1/s", tessera, Tessera);
        yield return new(name, rate, "1/s", immudb, "immudb embedded, recorded 2026-08");
        yield return new(name + ", p50", rounds.Select(r => r.P50).Order().ElementAt(1), "ms");
        yield return new(name + ", p99", rounds.Select(r => r.P99).Order().ElementAt(1), "ms");
    }

    private static IEnumerable<Row> TryAppend()
    {
        using var bench = new LogBench(isIdempotent: true);
        bench.TryAppend(20_000);
        var rounds = Enumerable.Range(0, 3).Select(_ => bench.TryAppend(30_000)).ToList();
        yield return new("TryAppend returns, 30,000 calls while the log writes, p50", rounds.Select(r => r.P50).Order().ElementAt(1), "us");
        yield return new("TryAppend returns, 30,000 calls while the log writes, p99", rounds.Select(r => r.P99).Order().ElementAt(1), "us");
    }

    private static IEnumerable<Row> Bulk()
    {
        foreach (var isIdempotent in (bool[])[true, false])
        {
            using var bench = new LogBench(isIdempotent);
            var how = isIdempotent ? "idempotent" : "without keys";
            var rate = bench.Bulk(BulkEntries);
            yield return new($"bulk append of 1 M x {EntryBytes} B with proofs, {how}", rate, "1/s", 47_690, Tessera);
            yield return new($"bulk append of 1 M x {EntryBytes} B with proofs, {how}", rate, "1/s", 769_842, "immudb, 1,000 a transaction, recorded 2026-08");
            yield return new($"overhead of an entry, {how}", (bench.FileBytes() / (double)BulkEntries) - EntryBytes, "B", 35, Tessera);
            if (!isIdempotent)
            {
                var times = Enumerable.Range(0, 3).Select(_ => bench.Check()).Order().ToList();
                yield return new($"fsck of 1 M x {EntryBytes} B, all recomputed, {Environment.ProcessorCount} cores", times[1], "s", 3.78, Tessera);
            }
        }
    }

    /// <summary>A log in a temporary folder.</summary>
    private sealed class LogBench : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly Ed25519SigningKey _key = Ed25519SigningKey.Create();
        private readonly LogOptions _options;
        private TransparencyLog _log;
        private long _next;

        public LogBench(bool isIdempotent)
        {
            _options = new LogOptions
            {
                Path = _directory.Combine("log.db"),
                Origin = "bench.example/log",
                Signer = _key,
                TimeProvider = TimeProvider.System,
                Content = LogContent.Bytes,
                IsIdempotent = isIdempotent,
            };
            _log = TransparencyLog.Open(_options);
        }

        public (double Rate, double P50, double P99) RunWriters(int writers, TimeSpan duration)
        {
            var start = Stopwatch.GetTimestamp();
            var tasks = Enumerable.Range(0, writers).Select(_ => Task.Run(() => Write(start, duration))).ToArray();
            var times = Task.WhenAll(tasks).GetAwaiter().GetResult().SelectMany(t => t).Order().ToList();
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return (times.Count / elapsed, times[times.Count / 2], times[(int)(times.Count * 0.99)]);
        }

        public (double P50, double P99) TryAppend(int calls)
        {
            var times = new double[calls];
            var receipts = new Task<AppendReceipt>[calls];
            for (var i = 0; i < calls; i++)
            {
                var leaf = Leaf();
                var start = Stopwatch.GetTimestamp();
                var isTaken = _log.TryAppend(leaf, out receipts[i]);
                times[i] = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency;
                if (!isTaken)
                {
                    receipts[i] = _log.AppendAsync(leaf);
                }
            }

            Task.WhenAll(receipts).GetAwaiter().GetResult();
            Array.Sort(times);
            return (times[calls / 2], times[(int)(calls * 0.99)]);
        }

        public double Bulk(int entries)
        {
            const int Batch = 8192;
            var start = Stopwatch.GetTimestamp();
            var pending = new Queue<Task>();
            for (var done = 0; done < entries; done += Batch)
            {
                pending.Enqueue(_log.AppendBatchAsync([.. Enumerable.Range(0, Math.Min(Batch, entries - done)).Select(_ => Leaf())]));
                if (pending.Count > 6)
                {
                    pending.Dequeue().GetAwaiter().GetResult();
                }
            }

            Task.WhenAll(pending).GetAwaiter().GetResult();
            _log.ProveInclusion(entries / 2);
            return entries / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public double FileBytes()
        {
            // Closing moves the write-ahead log into the file.
            _log.Dispose();
            _log = TransparencyLog.Open(_options);
            return new FileInfo(_options.Path).Length;
        }

        public double Check()
        {
            var start = Stopwatch.GetTimestamp();
            var report = LogVerifier.Verify(_options.Path, [new NoteVerifier(_options.Origin!, _key.PublicKey)]);
            return report.IsSound
                ? Stopwatch.GetElapsedTime(start).TotalSeconds
                : throw new NotMeasuredException("the check of the log found " + report.Findings[0].Message);
        }

        public void Dispose()
        {
            _log.Dispose();
            _key.Dispose();
            _directory.Dispose();
        }

        private async Task<List<double>> Write(long start, TimeSpan duration)
        {
            var times = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await _log.AppendAsync(Leaf()).ConfigureAwait(false);
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return times;
        }

        private ReadOnlyMemory<byte> Leaf()
        {
            var leaf = new byte[EntryBytes];
            BitConverter.TryWriteBytes(leaf, Interlocked.Increment(ref _next));
            return leaf;
        }
    }
}
