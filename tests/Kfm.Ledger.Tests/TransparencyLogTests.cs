using Kfm.Ledger.Entries;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Tests;

public sealed class TransparencyLogTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Appended_entry_is_proved_offline()
    {
        using var log = _fixture.Open();
        var receipts = log.Append([LogFixture.Entry(0), LogFixture.Entry(1), LogFixture.Entry(2)]);
        Assert.Equal([0L, 1L, 2L], receipts.Select(r => r.Index));

        var proof = TlogProof.Parse(log.ProveInclusion(1).ToString());
        var entry = LogFixture.Entry(1).ToBytes();
        Assert.Equal(entry, proof.Extra!.Value.ToArray());
        var result = proof.Verify(entry, LogFixture.Origin, _fixture.Verifier);
        Assert.True(result.IsVerified, result.Reason);
        Assert.Equal(3UL, result.Checkpoint!.Size);
        Assert.False(proof.Verify(LogFixture.Entry(2).ToBytes(), LogFixture.Origin, _fixture.Verifier).IsVerified);
        Assert.False(proof.Verify(entry, "other.example/log", _fixture.Verifier).IsVerified);
    }

    [Fact]
    public void Every_entry_of_logs_around_the_tile_widths_is_proved_in_every_checkpoint()
    {
        using var log = _fixture.Open();
        var sizes = new[] { 1, 2, 255, 256, 257, 511, 513 };
        var roots = new List<Checkpoint>();
        foreach (var size in sizes)
        {
            log.Append([.. Enumerable.Range((int)log.Size, size - (int)log.Size).Select(i => LogFixture.Entry(i))]);
            roots.Add(Checkpoint.Parse(SignedNote.Parse(log.Checkpoint()).Text));
            foreach (var index in Enumerable.Range(0, size).Where(i => i % 17 == 0 || i > size - 3))
            {
                var result = log.ProveInclusion(index, size).Verify(LogFixture.Entry(index).ToBytes(), LogFixture.Origin, _fixture.Verifier);
                Assert.True(result.IsVerified, $"{index} of {size}: {result.Reason}");
            }
        }

        foreach (var older in roots)
        {
            foreach (var newer in roots.Where(r => r.Size >= older.Size))
            {
                var proof = log.ProveConsistency((long)older.Size, (long)newer.Size);
                Assert.True(MerkleProof.VerifyConsistency(older.Size, newer.Size, proof, older.Root!.Value, newer.Root!.Value));
            }
        }
    }

    [Fact]
    public void Same_entry_again_gets_its_old_index()
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0), LogFixture.Entry(1, "approve-1")]);
        var again = log.Append([LogFixture.Entry(1, "approve-1"), LogFixture.Entry(0), LogFixture.Entry(2), LogFixture.Entry(2)]);
        Assert.Equal([1L, 0L, 2L, 2L], again.Select(r => r.Index));
        Assert.Equal([false, false, true, false], again.Select(r => r.IsNew));
        Assert.Equal(3, log.Size);
    }

    [Fact]
    public void Same_key_with_other_content_is_refused_and_nothing_of_the_batch_stands()
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0, "k")]);
        var error = Assert.Throws<LedgerException>(() => log.Append([LogFixture.Entry(5), LogFixture.Entry(1, "k")]));
        Assert.Equal(LedgerFault.KeyConflict, error.Fault);
        Assert.Equal(1, log.Size);
        Assert.Equal(1, log.Append([LogFixture.Entry(5)])[0].Index);
    }

    [Fact]
    public void Reopened_log_goes_on_where_it_was()
    {
        _fixture.Fill(300);
        using var log = _fixture.Open();
        Assert.Equal(300, log.Size);
        Assert.Equal(300, log.Append([LogFixture.Entry(300)])[0].Index);
        Assert.True(log.ProveInclusion(299).Verify(LogFixture.Entry(299).ToBytes(), LogFixture.Origin, _fixture.Verifier).IsVerified);
    }

    [Fact]
    public void Entries_are_found_by_kind_trace_and_subject()
    {
        _fixture.Fill(30);
        using var log = TransparencyLog.Open(_fixture.Options() with { Origin = null, Signer = null });
        Assert.Equal([1L, 12L, 23L], log.FindByKind(LedgerEntryKind.Design).Select(e => e.Index));
        Assert.Equal([4L, 5L, 6L, 7L], log.FindByTrace(LogFixture.Entry(4).TraceId!.Value).Select(e => e.Index));
        Assert.Equal([7L], log.FindBySubject(LogFixture.Entry(7).Subject).Select(e => e.Index));
        Assert.Equal([28L, 29L], log.Entries(28, 10).Select(e => e.Index));
        Assert.Equal(LogFixture.Entry(3).Subject, log.Read(3).Entry.Subject);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Read(30));
    }

    [Fact]
    public void Log_without_a_key_shows_what_is_kept_and_signs_nothing()
    {
        _fixture.Fill(3);
        using var log = TransparencyLog.Open(_fixture.Options() with { Origin = null, Signer = null });
        Assert.Equal(LogFixture.Origin, log.Origin);
        Assert.Equal(_fixture.Verifier.ToString(), log.StoredVerifier);
        Assert.True(log.ProveInclusion(2).Verify(LogFixture.Entry(2).ToBytes(), LogFixture.Origin, _fixture.Verifier).IsVerified);
        log.Append([LogFixture.Entry(3)]);
        Assert.Throws<InvalidOperationException>(log.Checkpoint);
    }
}
