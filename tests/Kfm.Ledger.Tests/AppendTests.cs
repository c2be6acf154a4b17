using Kfm.Ledger.Storage;
using Kfm.Ledger.Verification;

namespace Kfm.Ledger.Tests;

public sealed class AppendTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Entries_of_many_callers_at_once_are_all_acknowledged_and_contiguous()
    {
        using (var log = _fixture.Open())
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => log.AppendAsync(LogFixture.Entry(i))));
            Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), receipts.Select(r => r.Index).Order());
            Assert.All(receipts, r => Assert.Equal(r.LeafHash, log.Read(r.Index).LeafHash));
            log.Checkpoint();
        }

        AssertSound();
    }

    [Fact]
    public async Task Full_waiting_room_refuses_what_must_not_wait_and_holds_what_may()
    {
        using var log = TransparencyLog.Open(_fixture.Options() with { MaxWaitingEntries = 4 });
        var batch = log.AppendBatchAsync([.. Enumerable.Range(0, 2000).Select(i => LogFixture.Entry(i))]);
        var tried = log.TryAppend(LogFixture.Entry(5000), out var receipt);
        var waited = log.AppendAsync(LogFixture.Entry(5001));
        Assert.Equal(2000, (await batch).Count);
        Assert.Equal(tried ? 2001 : 2000, (await waited).Index);
        Assert.True(!tried || (await receipt).Index == 2000);
        Assert.True(log.TryAppend(LogFixture.Entry(5002), out receipt));
        Assert.True((await receipt).IsNew);
    }

    [Fact]
    public async Task Waiting_for_room_can_be_cancelled()
    {
        using var log = TransparencyLog.Open(_fixture.Options() with { MaxWaitingEntries = 1 });
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var batch = log.AppendBatchAsync([.. Enumerable.Range(0, 5000).Select(i => LogFixture.Entry(i))]);
        var late = log.AppendAsync(LogFixture.Entry(6000), stop.Token);
        await batch;
        if (late.IsCanceled)
        {
            Assert.Equal(5000, log.Size);
        }
        else
        {
            Assert.Equal(5000, (await late).Index);
        }
    }

    [Fact]
    public async Task Conflict_of_one_caller_does_not_touch_the_others()
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0, "k")]);
        var tasks = Enumerable.Range(1, 50).Select(i => log.AppendAsync(LogFixture.Entry(i, i % 10 == 0 ? "k" : null))).ToList();
        foreach (var (task, i) in tasks.Select((t, i) => (t, i + 1)))
        {
            if (i % 10 == 0)
            {
                Assert.Equal(LedgerFault.KeyConflict, (await Assert.ThrowsAsync<LedgerException>(() => task)).Fault);
            }
            else
            {
                Assert.True((await task).IsNew);
            }
        }

        Assert.Equal(46, log.Size);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_takes_nothing_more()
    {
        Task<AppendReceipt>[] tasks;
        TransparencyLog closed;
        using (var log = closed = _fixture.Open())
        {
            tasks = [.. Enumerable.Range(0, 300).Select(i => log.AppendAsync(LogFixture.Entry(i)))];
        }

        Assert.Equal(300, (await Task.WhenAll(tasks)).Length);
        Assert.Equal(LedgerFault.Closed, Assert.Throws<LedgerException>(() => closed.TryAppend(LogFixture.Entry(1), out _)).Fault);
        AssertSound();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaves_of_bytes_are_found_again_only_in_an_idempotent_log(bool isIdempotent)
    {
        var options = _fixture.Options() with { Content = LogContent.Bytes, IsIdempotent = isIdempotent };
        for (var round = 0; round < 2; round++)
        {
            using var log = TransparencyLog.Open(options);
            var leaves = Enumerable.Range(0, 700).Select(i => new ReadOnlyMemory<byte>(BitConverter.GetBytes(i))).ToList();
            var receipts = await log.AppendBatchAsync(leaves);
            var again = await log.AppendAsync(leaves[5]);
            Assert.Equal(!isIdempotent, again.IsNew);
            Assert.Equal(isIdempotent ? 700 : 701 * (round + 1), log.Size);
            Assert.Equal(BitConverter.GetBytes(699), log.ReadBytes(receipts[^1].Index).ToArray());
            Assert.Throws<InvalidOperationException>(() => log.Append([LogFixture.Entry(0)]));
            log.Checkpoint();
        }

        AssertSound();
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAndAppend(options, new byte[65_536]));
    }

    [Fact]
    public async Task Keys_that_have_moved_to_the_table_are_found_as_those_in_memory_are()
    {
        var options = _fixture.Options() with { Content = LogContent.Bytes };
        var leaves = Enumerable.Range(0, 80_000).Select(i => new ReadOnlyMemory<byte>(BitConverter.GetBytes(i))).ToList();
        for (var round = 0; round < 2; round++)
        {
            using var log = TransparencyLog.Open(options);
            foreach (var chunk in leaves.Chunk(10_000))
            {
                var receipts = await log.AppendBatchAsync(chunk);
                Assert.All(receipts, r => Assert.Equal(round == 0, r.IsNew));
            }

            Assert.Equal(80_000, log.Size);
        }

        AssertSound();
    }

    private static async Task<AppendReceipt> OpenAndAppend(LogOptions options, byte[] leaf)
    {
        using var log = TransparencyLog.Open(options);
        return await log.AppendAsync(leaf);
    }

    private void AssertSound()
    {
        var report = LogVerifier.Verify(_fixture.Path, [_fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }
}
