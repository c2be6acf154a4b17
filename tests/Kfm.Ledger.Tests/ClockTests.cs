using Kfm.Ledger.Verification;
using Kfm.Testing;

namespace Kfm.Ledger.Tests;

public sealed class ClockTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Clock_that_goes_back_changes_nothing()
    {
        var options = _fixture.Options() with { TimeProvider = new SteppingTimeProvider(step: TimeSpan.FromDays(-1)) };
        for (var round = 0; round < 3; round++)
        {
            using var log = TransparencyLog.Open(options);
            Assert.Equal(round, log.Append([LogFixture.Entry(round)])[0].Index);
            log.Checkpoint();
            Assert.Equal(Enumerable.Range(1, round + 1).Select(i => (long)i), log.Checkpoints().Select(c => c.Size));
        }

        var report = LogVerifier.Verify(_fixture.Path, [_fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }
}
