using Kfm.Ledger.Verification;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Tests;

public sealed class KeyRotationTests : IDisposable
{
    private readonly LogFixture _fixture = new();
    private readonly Ed25519SigningKey _next = Ed25519SigningKey.Create();

    public void Dispose()
    {
        _next.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void Log_signs_with_keys_of_both_kinds()
    {
        using var log = TransparencyLog.Open(_fixture.Options() with { FurtherSigners = [_next] });
        log.Append([LogFixture.Entry(0)]);
        var note = SignedNote.Parse(log.Checkpoint());
        Assert.Equal(2, note.Signatures.Count);
        Assert.True(note.Verify([_fixture.Verifier]).IsVerified);
        Assert.True(note.Verify([new NoteVerifier(LogFixture.Origin, _next.PublicKey)]).IsVerified);
    }

    [Fact]
    public void Key_is_succeeded_with_an_overlap_and_all_checkpoints_verify_from_the_first_key_on()
    {
        _fixture.Fill(10);
        var next = new NoteVerifier(LogFixture.Origin, _next.PublicKey);
        var statement = LogKeyRing.Succeed(new NoteSigner(LogFixture.Origin, _fixture.Key), next, from: 11, until: 12);
        var ring = new LogKeyRing(_fixture.Verifier).Follow(statement);
        var options = _fixture.Options() with { KeyRing = ring };
        using (var log = TransparencyLog.Open(options with { FurtherSigners = [_next] }))
        {
            log.Append([LogFixture.Entry(10)]);
            Assert.Equal(2, SignedNote.Parse(log.Checkpoint()).Signatures.Count);
        }

        using (var log = TransparencyLog.Open(options with { Signer = _next }))
        {
            log.Append([LogFixture.Entry(11), LogFixture.Entry(12), LogFixture.Entry(13)]);
            var last = log.Checkpoint();
            Assert.Equal(next.KeyHash, Assert.Single(SignedNote.Parse(last).Signatures).KeyHash);
            Assert.All(log.Checkpoints(), c => Assert.True(ring.Verify(c.Note).IsVerified));
            Assert.False(new LogKeyRing(_fixture.Verifier).Verify(last).IsVerified);
        }

        // The old key is of no use beyond its span, even in the hands of a thief.
        using (var log = TransparencyLog.Open(options))
        {
            log.Append([LogFixture.Entry(14)]);
            Assert.Throws<InvalidOperationException>(log.Checkpoint);
        }

        var root = MerkleHash.Leaf([]);
        var stolen = SignedNote.Sign(new Checkpoint(LogFixture.Origin, 99, root).ToString(), new NoteSigner(LogFixture.Origin, _fixture.Key)).ToString();
        Assert.False(ring.Verify(stolen).IsVerified);
        Assert.True(LogVerifier.Verify(_fixture.Path, [.. ring.Verifiers]).IsSound);
        Assert.Equal(LedgerFault.OtherLog, Assert.Throws<LedgerException>(() => TransparencyLog.Open(_fixture.Options() with { Signer = _next })).Fault);
    }

    [Fact]
    public void Statement_that_the_newest_key_did_not_sign_is_refused()
    {
        var next = new NoteVerifier(LogFixture.Origin, _next.PublicKey);
        var ring = new LogKeyRing(_fixture.Verifier);
        var self = LogKeyRing.Succeed(new NoteSigner(LogFixture.Origin, _next), next, 0, 0);
        var good = LogKeyRing.Succeed(new NoteSigner(LogFixture.Origin, _fixture.Key), next, 5, 9);
        var checkpoint = SignedNote.Sign("log.example/kfm\n5\n" + MerkleHash.Empty + "\n", new NoteSigner(LogFixture.Origin, _fixture.Key)).ToString();
        foreach (var bad in (string[])[self, good.Replace("from 5", "from 6", StringComparison.Ordinal), checkpoint, "x"])
        {
            Assert.Throws<NoteFormatException>(() => ring.Follow(bad));
        }

        Assert.Throws<NoteFormatException>(() => ring.Follow(good).Follow(good));
        Assert.Throws<ArgumentException>(() => LogKeyRing.Succeed(new NoteSigner(LogFixture.Origin, _fixture.Key), next, 11, 9));
        Assert.Equal([(0UL, (ulong?)9), (5UL, null)], ring.Follow(good).Keys.Select(k => (k.From, k.Until)));
    }
}
