using Kfm.Ledger.Verification;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests;

public sealed class MigrationTests : IDisposable
{
    private static readonly string Golden = RepositoryRoot.Combine("tests", "Kfm.Ledger.Tests", "Golden", "v1");
    private readonly TemporaryDirectory _directory = new();

    public MigrationTests()
    {
        File.Copy(Path.Combine(Golden, "log.db"), LogPath);
        File.Copy(Path.Combine(Golden, "log.db.checkpoint"), LogPath + ".checkpoint");
    }

    private string LogPath => _directory.Combine("log.db");

    private static NoteVerifier Verifier => NoteVerifier.Parse(File.ReadAllText(Path.Combine(Golden, "log.vkey")).Trim());

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Log_of_format_version_1_keeps_its_entries_and_its_checkpoints()
    {
        using (var log = Open())
        {
            Assert.Equal(300, log.Size);
            var proof = log.ProveInclusion(7, 200);
            Assert.True(proof.Verify(log.ReadBytes(7).Span, "log.example/kfm", Verifier).IsVerified);
            Assert.Equal("key-7", log.Read(7).Entry.Key);
            Assert.Equal([4L, 5L, 6L, 7L], log.FindByTrace(new Guid(1, 0, 0, new byte[8])).Select(e => e.Index));
            Assert.False(log.Append([log.Read(7).Entry])[0].IsNew);
            var again = Assert.Throws<LedgerException>(() => log.Append([log.Read(8).Entry with { Key = "key-7" }]));
            Assert.Equal(LedgerFault.KeyConflict, again.Fault);
        }

        var report = LogVerifier.Verify(LogPath, [Verifier], File.ReadAllText(LogPath + ".checkpoint"));
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }

    [Fact]
    public void Log_of_format_version_1_that_contradicts_itself_is_left_as_it_is()
    {
        using (var connection = new SqliteConnection($"Data Source={LogPath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE entries SET leaf = CAST(replace(CAST(leaf AS TEXT), 'git.example', 'got.example') AS BLOB) WHERE idx = 200";
            command.ExecuteNonQuery();
        }

        Assert.Equal(LedgerFault.Damaged, Assert.Throws<LedgerException>(Open).Fault);
        Assert.Equal(LedgerFault.Damaged, Assert.Throws<LedgerException>(Open).Fault);
    }

    private TransparencyLog Open() => TransparencyLog.Open(new LogOptions { Path = LogPath, TimeProvider = new SteppingTimeProvider() });
}
