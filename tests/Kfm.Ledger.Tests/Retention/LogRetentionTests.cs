using Kfm.Ledger.Entries;
using Kfm.Ledger.Retention;
using Kfm.Ledger.Verification;

namespace Kfm.Ledger.Tests.Retention;

public sealed class LogRetentionTests : IDisposable
{
    private const string Repository = "https://git.example/repo";

    // The entries of the fixture begin on 2 January 2026 and are a second apart.
    private static readonly DateTimeOffset Later = new(2033, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly LogFixture _fixture = new();
    private readonly TransparencyLog _log;

    public LogRetentionTests()
    {
        _fixture.Fill(1000);
        _log = _fixture.Open();
    }

    public void Dispose()
    {
        _log.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void Nothing_is_pruned_within_seven_years()
    {
        var plan = LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later);
        Assert.Equal((0L, 0L, (long?)0), (plan.Count, _log.MinimumIndex, plan.FirstKept));
        Assert.Equal(1000, _log.Size);
    }

    [Fact]
    public void Old_entries_are_pruned_in_whole_bundles_and_the_log_says_so()
    {
        var plan = LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddSeconds(600));
        Assert.Equal((512L, 512L, (long?)600), (plan.Count, _log.MinimumIndex, plan.FirstKept));
        var disposition = _log.Read(1000).Entry;
        Assert.Equal(LedgerEntryKind.Disposition, disposition.Kind);
        Assert.Equal(_log.RootAt(512).ToDigest(), disposition.Subject);
        Assert.Equal(LedgerFault.Pruned, Assert.Throws<LedgerException>(() => _log.Read(511)).Fault);
        Assert.Equal(LogFixture.Entry(512).Subject, _log.Read(512).Entry.Subject);
        Assert.Empty(_log.FindBySubject(LogFixture.Entry(3).Subject));
    }

    [Fact]
    public void Roots_proofs_and_the_check_of_the_log_survive_pruning()
    {
        var (root, proof, consistency) = (_log.RootAt(1000), _log.ProveInclusion(700, 1000).ToString(), _log.ProveConsistency(100, 1000));
        LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddSeconds(600));
        Assert.Equal(root, _log.RootAt(1000));
        Assert.Equal(proof, _log.ProveInclusion(700, 1000).ToString());
        Assert.Equal(consistency, _log.ProveConsistency(100, 1000));
        _log.Checkpoint();
        var report = LogVerifier.Verify(_fixture.Path, [_fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }

    [Fact]
    public void Dry_run_changes_nothing()
    {
        var plan = LogRetention.Plan(_log, new RetentionPolicy(), Later.AddYears(1));
        Assert.Equal((768L, 0L, 1000L), (plan.NewMinimumIndex, _log.MinimumIndex, _log.Size));
        Assert.Null(plan.FirstKept);
    }

    [Fact]
    public void Pruning_twice_writes_one_disposition_for_each_step()
    {
        LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddSeconds(300));
        LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddSeconds(301));
        Assert.Equal((256L, 1001L), (_log.MinimumIndex, _log.Size));
        LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddSeconds(600));
        Assert.Equal((512L, 1002L), (_log.MinimumIndex, _log.Size));
    }

    [Fact]
    public void Hold_keeps_what_it_names_and_everything_after()
    {
        var hold = LegalHolds.Lay(_log, Repository, HoldScope.Trace(LogFixture.Entry(300).TraceId!.Value), "court", "case 7", Later);
        var plan = LogRetention.Prune(_log, new RetentionPolicy(), "records", Repository, Later.AddYears(1));
        Assert.Equal((256L, (long?)300, hold.Index), (plan.NewMinimumIndex, plan.FirstKept, plan.Hold!.Index));
        LegalHolds.Lift(_log, hold, "court", "closed", Later);
        Assert.Empty(LegalHolds.Standing(_log));
        Assert.Equal(768, LogRetention.Plan(_log, new RetentionPolicy(), Later.AddYears(1)).NewMinimumIndex);
    }

    [Fact]
    public void Hold_on_the_log_keeps_everything()
    {
        LegalHolds.Lay(_log, Repository, HoldScope.WholeLog, "court", "case 7", Later);
        Assert.Equal(0, LogRetention.Plan(_log, new RetentionPolicy(), Later.AddYears(50)).Count);
    }

    [Fact]
    public void Clock_that_went_back_prunes_nothing() =>
        Assert.Equal(0, LogRetention.Plan(_log, new RetentionPolicy(), DateTimeOffset.UnixEpoch).Count);

    [Theory]
    [InlineData("log")]
    [InlineData("trace:206f9e15-b168-5ff9-a107-3c88564ab567")]
    [InlineData("person:sha256:18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4")]
    public void Scope_reads_back_as_written(string text) => Assert.Equal(text, HoldScope.TryParse(text)!.Text);

    [Theory]
    [InlineData("")]
    [InlineData("Log")]
    [InlineData("trace:1")]
    [InlineData("person:18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4")]
    public void Text_that_is_no_scope_is_none(string text) => Assert.Null(HoldScope.TryParse(text));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Years_out_of_bounds_are_misuse(int years) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogRetention.Plan(_log, new RetentionPolicy { Years = years }, Later));
}
