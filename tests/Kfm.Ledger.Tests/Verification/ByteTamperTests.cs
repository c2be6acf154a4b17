using System.Globalization;
using System.Text;
using Kfm.Ledger.Verification;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Kfm.Ledger.Tests.Verification;

/// <summary>
/// Changes single bytes of the database and of the checkpoint beside it. A change is found, or it touches a byte that SQLite does not use and no reader can
/// see. <c>KFM_LEDGER_TAMPER_STEP=1</c> tries every byte; the default is a sample.
/// </summary>
public sealed class ByteTamperTests(ITestOutputHelper output) : IDisposable
{
    private readonly LogFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Every_change_of_a_byte_that_any_reader_sees_is_found()
    {
        var step = int.TryParse(Environment.GetEnvironmentVariable("KFM_LEDGER_TAMPER_STEP"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 997;
        _fixture.Fill(270, batch: 9);
        var anchor = File.ReadAllText(_fixture.Path + ".checkpoint");
        var content = Dump(_fixture.Path);
        var bytes = File.ReadAllBytes(_fixture.Path);
        var (tried, unused) = (0, 0);
        Parallel.ForEach(Enumerable.Range(0, (bytes.Length + step - 1) / step).Select(i => i * step), new ParallelOptions { MaxDegreeOfParallelism = 4 }, at =>
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{_fixture.Path}.{at}");
            var changed = (byte[])bytes.Clone();
            changed[at] ^= (byte)(1 << (at / step % 8));
            File.WriteAllBytes(path, changed);
            Interlocked.Increment(ref tried);
            if (LogVerifier.Verify(path, [_fixture.Verifier], new CheckOptions { Anchor = anchor, Threads = 1 }).IsSound)
            {
                Assert.True(content == Dump(path), $"The change of byte {at} is seen by readers and not found.");
                Interlocked.Increment(ref unused);
            }

            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                File.Delete(file);
            }
        });
        output.WriteLine($"{tried} bytes of {bytes.Length} changed: {tried - unused} found, {unused} in bytes that SQLite does not use");
    }

    [Fact]
    public void Every_change_of_the_checkpoint_beside_the_database_is_found()
    {
        _fixture.Fill(20);
        var path = _fixture.Path + ".checkpoint";
        var note = File.ReadAllBytes(path);
        for (var at = 0; at < note.Length; at++)
        {
            var changed = (byte[])note.Clone();
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.False(LogVerifier.Verify(_fixture.Path, [_fixture.Verifier], new CheckOptions { Level = CheckLevel.Head }).IsSound, $"byte {at}");
            Assert.Throws<LedgerException>(_fixture.Open);
        }
    }

    // Everything that a reader of the file can see.
    private static string Dump(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        var text = new StringBuilder();
        foreach (var query in (string[])
        [
            "PRAGMA application_id", "PRAGMA user_version", "PRAGMA encoding", "PRAGMA journal_mode", "SELECT type, name, tbl_name, sql FROM sqlite_schema",
            "SELECT * FROM meta", "SELECT * FROM head", "SELECT * FROM bundles", "SELECT * FROM tail", "SELECT * FROM tiles", "SELECT * FROM keys",
            "SELECT * FROM lookups", "SELECT * FROM checkpoints",
        ])
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in this file.
            command.CommandText = query;
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.Append(reader.GetValue(i) is byte[] blob ? Convert.ToHexString(blob) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('|');
                }
            }
        }

        return text.ToString();
    }
}
