using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Older_copy_of_the_store_is_refused()
    {
        _fixture.Fill(3);
        File.Copy(_fixture.Path, _fixture.Path + ".backup");
        using (var log = _fixture.Open())
        {
            log.Append([LogFixture.Entry(3)]);
            log.Checkpoint();
        }

        File.Move(_fixture.Path + ".backup", _fixture.Path, overwrite: true);
        var error = Assert.Throws<LedgerException>(_fixture.Open);
        Assert.Equal(LedgerFault.RolledBack, error.Fault);
        Assert.Contains("restore the newest copy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_with_another_history_than_the_checkpoint_beside_it_is_refused()
    {
        _fixture.Fill(3);
        File.Delete(_fixture.Path);
        File.Move(_fixture.Path + ".checkpoint", _fixture.Path + ".kept");
        using (var log = _fixture.Open())
        {
            log.Append([.. Enumerable.Range(10, 5).Select(i => LogFixture.Entry(i))]);
        }

        File.Move(_fixture.Path + ".kept", _fixture.Path + ".checkpoint", overwrite: true);
        Assert.Equal(LedgerFault.RolledBack, Assert.Throws<LedgerException>(_fixture.Open).Fault);
    }

    [Fact]
    public void Checkpoint_file_that_was_lost_is_written_again()
    {
        _fixture.Fill(3);
        File.Delete(_fixture.Path + ".checkpoint");
        using var log = _fixture.Open();
        Assert.Equal(log.Checkpoint(), File.ReadAllText(_fixture.Path + ".checkpoint"));
    }

    [Fact]
    public void Checkpoint_file_that_is_none_is_refused()
    {
        _fixture.Fill(1);
        File.WriteAllText(_fixture.Path + ".checkpoint", "nothing\n");
        Assert.Equal(LedgerFault.Damaged, Assert.Throws<LedgerException>(_fixture.Open).Fault);
    }

    [Fact]
    public void Log_of_another_origin_or_key_is_refused()
    {
        _fixture.Fill(1);
        using var other = EcdsaSigningKey.Create();
        foreach (var options in new[] { _fixture.Options() with { Origin = "x.example" }, _fixture.Options() with { Signer = other } })
        {
            Assert.Equal(LedgerFault.OtherLog, Assert.Throws<LedgerException>(() => TransparencyLog.Open(options)).Fault);
        }
    }

    [Fact]
    public void File_that_is_no_log_is_refused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_fixture.Path)!);
        Assert.Equal(LedgerFault.NotALog, Assert.Throws<LedgerException>(() =>
            TransparencyLog.Open(_fixture.Options() with { Origin = null, Signer = null })).Fault);
        Assert.False(File.Exists(_fixture.Path));
        File.WriteAllText(_fixture.Path, new string('x', 5000));
        Assert.Equal(LedgerFault.NotALog, Assert.Throws<LedgerException>(_fixture.Open).Fault);
        File.Delete(_fixture.Path);
        using (var connection = new SqliteConnection($"Data Source={_fixture.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            command.ExecuteNonQuery();
        }

        Assert.Equal(LedgerFault.NotALog, Assert.Throws<LedgerException>(_fixture.Open).Fault);
    }

    [Fact]
    public void Opening_without_sense_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => TransparencyLog.Open(_fixture.Options() with { Path = "" }));
        Assert.Throws<ArgumentException>(() => TransparencyLog.Open(_fixture.Options() with { Origin = "with space" }));
        Assert.Throws<ArgumentException>(() => TransparencyLog.Open(_fixture.Options() with { BusyTimeout = TimeSpan.Zero }));
        Assert.False(File.Exists(_fixture.Path));
    }

    [Fact]
    public void New_directory_and_file_belong_to_the_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0)]);
        log.Checkpoint();
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_fixture.Path)!));
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_fixture.Path)!))
        {
            Assert.Equal(owner, File.GetUnixFileMode(file));
        }
    }
}
