using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger.Verification;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly LogFixture _fixture = new();
    private readonly string _keyFile;

    public ConcurrencyTests()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_fixture.Path)!);
        _keyFile = _fixture.Path + ".pem";
        _fixture.Key.Save(_keyFile);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Threads_on_one_log_append_without_a_gap()
    {
        using var one = _fixture.Open();
        Parallel.For(0, 80, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            one.Append([LogFixture.Entry(2 * i), LogFixture.Entry((2 * i) + 1)]);
            if (i % 10 == 0)
            {
                one.Checkpoint();
            }
        });
        Assert.Equal(160, one.Size);
        Assert.Equal(160, one.Entries(0, 1000).Select(e => e.Entry.Subject).Distinct().Count());
        AssertSound();
    }

    [Fact]
    public async Task Two_processes_at_once_append_all_that_they_have()
    {
        using var one = AppendingProcess.Start(_fixture.Path, _keyFile, 0, 40);
        using var two = AppendingProcess.Start(_fixture.Path, _keyFile, 1000, 40);
        var lines = await Task.WhenAll(ReadAll(one), ReadAll(two));
        var indexes = lines.SelectMany(l => l).Select(l => l.Index).Order();
        Assert.Equal(Enumerable.Range(0, 80).Select(i => (long)i), indexes);
        AssertSound();
    }

    [Fact]
    public void Second_writer_of_one_file_is_refused_and_readers_are_not()
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0)]);
        var options = _fixture.Options() with { BusyTimeout = TimeSpan.FromSeconds(1) };
        var error = Assert.Throws<LedgerException>(() => TransparencyLog.Open(options));
        Assert.Equal(LedgerFault.Busy, error.Fault);
        Assert.Contains("open for writing", error.Message, StringComparison.Ordinal);

        using var reader = TransparencyLog.Open(options with { Signer = null });
        Assert.Equal(LogFixture.Entry(0).Subject, reader.Read(0).Entry.Subject);
        Assert.Equal(LedgerFault.Busy, Assert.Throws<LedgerException>(() => reader.Append([LogFixture.Entry(1)])).Fault);
        Assert.Equal(1, log.Size);
    }

    [Fact]
    public void Foreign_lock_of_the_database_is_a_typed_error()
    {
        using var log = TransparencyLog.Open(_fixture.Options() with { BusyTimeout = TimeSpan.FromSeconds(1) });
        using var other = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        Assert.Equal(LedgerFault.Busy, Assert.Throws<LedgerException>(() => log.Append([LogFixture.Entry(0)])).Fault);
        Assert.Equal(0, log.Size);
    }

    [Fact]
    public async Task Killed_process_loses_nothing_that_it_acknowledged()
    {
        var acknowledged = new Dictionary<long, string>();
        for (var round = 0; round < 5; round++)
        {
            using var process = AppendingProcess.Start(_fixture.Path, _keyFile, round * 10_000, 10_000);
            for (var line = 0; line < 7 + round; line++)
            {
                var (index, hash) = Parse((await process.StandardOutput.ReadLineAsync())!);
                acknowledged.Add(index, hash);
            }

            process.Kill();
            foreach (var (index, hash) in await ReadRest(process))
            {
                acknowledged.Add(index, hash);
            }

            using var log = _fixture.Open();
            Assert.All(acknowledged, a => Assert.Equal(a.Value, log.Read(a.Key).LeafHash.ToString()));
            AssertSound();
        }
    }

    private static async Task<List<(long Index, string Hash)>> ReadAll(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var lines = await ReadRest(process);
        Assert.Equal("", await error);
        return lines;
    }

    // A line that the kill cut off was not acknowledged.
    private static async Task<List<(long Index, string Hash)>> ReadRest(Process process)
    {
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. text.Split('\n')[..^1].Select(Parse)];
    }

    private static (long Index, string Hash) Parse(string line) =>
        line.Split(' ') is [_, var index, var hash] ? (long.Parse(index, CultureInfo.InvariantCulture), hash) : throw new InvalidOperationException(line);

    private void AssertSound()
    {
        var report = LogVerifier.Verify(_fixture.Path, [_fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }
}
