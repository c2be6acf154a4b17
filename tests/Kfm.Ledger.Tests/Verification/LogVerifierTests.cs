using Kfm.Ledger.Verification;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests.Verification;

public sealed class LogVerifierTests : IDisposable
{
    private const int Entries = 600;
    private readonly LogFixture _fixture = new();

    public LogVerifierTests() => _fixture.Fill(Entries);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Log_as_it_was_written_is_sound()
    {
        using (var log = _fixture.Open())
        {
            log.ProveInclusion(3, 17);
            log.ProveInclusion(3, 256);
        }

        var report = Check();
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal(Entries, report.Size);
        Assert.Null(report.FirstBadIndex);
    }

    [Theory]
    [InlineData("UPDATE bundles SET entries = CAST(substr(entries, 1, 40000) || x'00' || substr(entries, 40002) AS BLOB) WHERE number = 1", LogDamage.Entry, 358L)]
    [InlineData("UPDATE bundles SET entries = substr(entries, 1, 40000) WHERE number = 1", LogDamage.Entry, 256L)]
    [InlineData("UPDATE bundles SET entries = (SELECT entries FROM bundles WHERE number = 0) WHERE number = 1", LogDamage.Entry, 256L)]
    [InlineData("UPDATE bundles SET entries = NULL WHERE number = 1", LogDamage.Entry, 256L)]
    [InlineData("DELETE FROM bundles WHERE number = 1", LogDamage.Entry, 256L)]
    [InlineData("DELETE FROM tail WHERE first = (SELECT max(first) FROM tail)", LogDamage.Entry, 576L)]
    [InlineData("DELETE FROM tail WHERE first = 512", LogDamage.Entry, 512L)]
    [InlineData("INSERT INTO tail SELECT 600, entries FROM tail WHERE first = 576", LogDamage.Entry, 600L)]
    [InlineData("INSERT INTO bundles SELECT -1, hashes, entries FROM bundles WHERE number = 1", LogDamage.Entry, null)]
    [InlineData("UPDATE bundles SET hashes = CAST(substr(hashes, 1, 320) || zeroblob(32) || substr(hashes, 353) AS BLOB) WHERE number = 1", LogDamage.Tile, 266L)]
    [InlineData("UPDATE tiles SET hashes = zeroblob(64) WHERE level = 1", LogDamage.Tile, 0L)]
    [InlineData("UPDATE bundles SET hashes = substr(hashes, 1, 64) WHERE number = 1", LogDamage.Tile, 258L)]
    [InlineData("DELETE FROM tiles", LogDamage.Tile, 0L)]
    [InlineData("INSERT INTO tiles VALUES (2, 0, zeroblob(32))", LogDamage.Tile, null)]
    [InlineData("UPDATE head SET root = zeroblob(32)", LogDamage.Head, null)]
    [InlineData("UPDATE head SET size = 599", LogDamage.Entry, 599L)]
    [InlineData("UPDATE head SET size = 601", LogDamage.Entry, 600L)]
    [InlineData("DELETE FROM head", LogDamage.Store, null)]
    [InlineData("DELETE FROM lookups WHERE idx = 9", LogDamage.LookupIndex, 9L)]
    [InlineData("INSERT INTO lookups VALUES (1, 1)", LogDamage.LookupIndex, null)]
    [InlineData("UPDATE checkpoints SET note = replace(note, 'log.example', 'bad.example')", LogDamage.Checkpoint, null)]
    [InlineData("UPDATE checkpoints SET size = 5", LogDamage.Checkpoint, null)]
    [InlineData("UPDATE checkpoints SET note = 'x'", LogDamage.Checkpoint, null)]
    [InlineData("UPDATE meta SET value = 'other.example' WHERE name = 'origin'", LogDamage.Checkpoint, null)]
    [InlineData("DROP TABLE lookups", LogDamage.Store, null)]
    [InlineData("PRAGMA user_version = 9", LogDamage.Store, null)]
    public void Tampering_is_found_with_its_class_and_its_first_entry(string sql, LogDamage damage, long? index)
    {
        Tamper(sql);
        var report = Check();
        Assert.Contains(report.Findings, f => f.Damage == damage);
        Assert.Equal(index, report.FirstBadIndex);
    }

    [Fact]
    public void Log_that_was_rewritten_as_a_whole_is_found_by_what_was_published()
    {
        string anchor;
        using (var log = _fixture.Open())
        {
            anchor = log.Checkpoint();
        }

        // Whoever writes the file but has no key can only leave the old checkpoints, or none.
        File.Delete(_fixture.Path);
        File.Delete(_fixture.Path + ".checkpoint");
        using (var log = _fixture.Open())
        {
            log.Append([.. Enumerable.Range(0, Entries).Select(i => LogFixture.Entry(i == 77 ? 7777 : i))]);
        }

        Assert.True(Check().IsSound);
        var report = LogVerifier.Verify(_fixture.Path, [_fixture.Verifier], anchor);
        Assert.Equal(LogDamage.Anchor, Assert.Single(report.Findings).Damage);

        Tamper("INSERT INTO checkpoints VALUES (600, '" + anchor + "', 0)");
        Assert.Equal(LogDamage.Checkpoint, Assert.Single(Check().Findings).Damage);
    }

    [Fact]
    public void Anchor_beyond_the_log_shows_that_entries_were_cut_off()
    {
        string anchor;
        using (var log = _fixture.Open())
        {
            File.Copy(_fixture.Path, _fixture.Path + ".old");
            log.Append([LogFixture.Entry(Entries)]);
            anchor = log.Checkpoint();
        }

        var report = LogVerifier.Verify(_fixture.Path + ".old", [_fixture.Verifier], anchor);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((LogDamage.Anchor, Entries), (finding.Damage, finding.Index));
        Assert.Contains("cut off", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_someone_else_verifies_no_checkpoint()
    {
        using var other = Kfm.Provenance.Signing.EcdsaSigningKey.Create();
        var report = LogVerifier.Verify(_fixture.Path, [new(LogFixture.Origin, other.PublicKey)]);
        Assert.Equal([LogDamage.Checkpoint, LogDamage.Anchor], report.Findings.Select(f => f.Damage));
        Assert.Throws<ArgumentException>(() => LogVerifier.Verify(_fixture.Path, [], "anchor"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not a database, however long the text may be made to look like one")]
    public void File_that_is_no_log_is_a_finding(string content)
    {
        File.WriteAllText(_fixture.Path + ".txt", content);
        Assert.Equal(LogDamage.Store, Assert.Single(LogVerifier.Verify(_fixture.Path + ".txt", []).Findings).Damage);
        Assert.Equal(LogDamage.Store, Assert.Single(LogVerifier.Verify(_fixture.Path + ".none", []).Findings).Damage);
    }

    private LogReport Check() => LogVerifier.Verify(_fixture.Path, [_fixture.Verifier]);

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
