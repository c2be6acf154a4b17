using Kfm.Ledger.Verification;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests.Verification;

public sealed class RepairTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    public RepairTests() => _fixture.Fill(600);

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("UPDATE bundles SET hashes = zeroblob(8192) WHERE number = 1")]
    [InlineData("DELETE FROM tiles")]
    [InlineData("UPDATE tiles SET hashes = zeroblob(64)")]
    [InlineData("DELETE FROM lookups WHERE idx % 2 = 0")]
    [InlineData("INSERT INTO keys VALUES (5, 7)")]
    [InlineData("UPDATE head SET root = zeroblob(32)")]
    public void Derived_data_are_computed_again(string sql)
    {
        Tamper(sql);
        var report = LogRepair.Repair(_fixture.Path, [_fixture.Verifier]);
        Assert.False(report.Before.IsSound);
        Assert.True(report.IsSound, string.Join('\n', report.After?.Findings ?? report.Before.Findings));
        using var log = _fixture.Open();
        Assert.False(log.Append([LogFixture.Entry(500)])[0].IsNew);
        Assert.Equal(600, log.Append([LogFixture.Entry(600)])[0].Index);
        Assert.True(log.ProveInclusion(300).Verify(LogFixture.Entry(300).ToBytes(), LogFixture.Origin, _fixture.Verifier).IsVerified);
    }

    [Theory]
    [InlineData("DELETE FROM tail")]
    [InlineData("UPDATE bundles SET entries = CAST(substr(entries, 1, 40000) || x'00' || substr(entries, 40002) AS BLOB) WHERE number = 1")]
    [InlineData("UPDATE checkpoints SET note = 'x'")]
    public void Entries_and_checkpoints_are_never_repaired(string sql)
    {
        Tamper(sql);
        var bytes = File.ReadAllBytes(_fixture.Path);
        var report = LogRepair.Repair(_fixture.Path, [_fixture.Verifier]);
        Assert.False(report.IsSound);
        Assert.Null(report.After);
        Assert.Equal(bytes, File.ReadAllBytes(_fixture.Path));
    }

    [Fact]
    public void Log_that_is_written_is_not_repaired_at_the_same_time()
    {
        using var log = _fixture.Open();
        Assert.Equal(LedgerFault.Busy, Assert.Throws<LedgerException>(() => LogRepair.Repair(_fixture.Path, [_fixture.Verifier])).Fault);
    }

    [Theory]
    [InlineData(CheckLevel.Head, "UPDATE head SET root = zeroblob(32)", true)]
    [InlineData(CheckLevel.Head, "UPDATE bundles SET hashes = zeroblob(8192) WHERE number = 1", false)]
    [InlineData(CheckLevel.Tiles, "UPDATE bundles SET hashes = zeroblob(8192) WHERE number = 1", true)]
    [InlineData(CheckLevel.Tiles, "UPDATE bundles SET entries = (SELECT entries FROM bundles WHERE number = 0) WHERE number = 1", false)]
    [InlineData(CheckLevel.Entries, "UPDATE bundles SET entries = (SELECT entries FROM bundles WHERE number = 0) WHERE number = 1", true)]
    [InlineData(CheckLevel.Entries, "DELETE FROM lookups", false)]
    [InlineData(CheckLevel.Indexes, "DELETE FROM lookups", true)]
    [InlineData(CheckLevel.Indexes, "INSERT INTO checkpoints VALUES (5, 'x', 0)", false)]
    [InlineData(CheckLevel.History, "INSERT INTO checkpoints VALUES (5, 'x', 0)", true)]
    public void Level_of_a_check_says_what_it_finds(CheckLevel level, string sql, bool isFound)
    {
        Assert.True(LogVerifier.Verify(_fixture.Path, [_fixture.Verifier], new CheckOptions { Level = level }).IsSound);
        Tamper(sql);
        Assert.Equal(isFound, !LogVerifier.Verify(_fixture.Path, [_fixture.Verifier], new CheckOptions { Level = level }).IsSound);
    }

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
