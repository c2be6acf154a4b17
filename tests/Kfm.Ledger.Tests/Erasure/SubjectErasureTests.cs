using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Erasure;
using Kfm.Ledger.Export;
using Kfm.Ledger.Retention;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Merkle;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Tests.Erasure;

public sealed class SubjectErasureTests : IDisposable
{
    private const string Repository = "https://git.example/repo";
    private const string Secret = "Ada Lovelace, 12 St James's Square";
    private static readonly ErasureRequest Request = new("person:ada", "privacy-office", "consent revoked");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly KeyedLog _keyed = new();

    public void Dispose() => _keyed.Dispose();

    [Fact]
    public void Erased_person_is_unreadable_and_every_old_proof_verifies()
    {
        Append(40);
        var proofs = Enumerable.Range(0, 40).Select(i => _keyed.Log.ProveInclusion(i, 40).ToString()).ToList();
        var root = _keyed.Log.RootAt(40);
        var outcome = Erase();
        Assert.Equal((ErasureStatus.Erased, 40L, 20), (outcome.Status, outcome.Index, outcome.Fields));
        Assert.Equal(LedgerEntryKind.Erasure, _keyed.Log.Read(40).Entry.Kind);
        Assert.Equal(FieldState.Erased, _keyed.Keys.Read(_keyed.Log.Read(0).Entry, "name").State);
        Assert.Equal(FieldState.Readable, _keyed.Keys.Read(_keyed.Log.Read(1).Entry, "name").State);
        Assert.Equal(root, _keyed.Log.RootAt(40));
        Assert.Equal(proofs, Enumerable.Range(0, 40).Select(i => _keyed.Log.ProveInclusion(i, 40).ToString()));
        Assert.All(proofs, Verify);
        AssertSound();
    }

    [Fact]
    public void No_file_holds_the_text_or_the_key()
    {
        Append(600);
        _keyed.Log.Checkpoint();
        var key = KeyBytes();
        Assert.Contains(Files(), file => Holds(file, key));
        Erase();
        var backup = _keyed.Fixture.Path + ".backup";
        using (var source = new SqliteConnection($"Data Source={_keyed.Fixture.Path};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={backup};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        LogExport.ToZip(_keyed.Log, _keyed.Fixture.Path + ".zip");
        Assert.All(Files(), file =>
        {
            Assert.False(Holds(file, Encoding.UTF8.GetBytes(Secret)), file);
            Assert.False(Holds(file, Encoding.UTF8.GetBytes("person:ada")), file);
            Assert.False(Holds(file, key), file);
        });
    }

    [Fact]
    public void Erasing_again_changes_nothing()
    {
        Append(4);
        var first = Erase();
        var second = Erase();
        Assert.Equal((ErasureStatus.AlreadyErased, first.Index), (second.Status, second.Index));
        Assert.Equal(5, _keyed.Log.Size);
    }

    [Fact]
    public void Person_about_whom_nothing_was_sealed_is_not_found()
    {
        Assert.Equal(ErasureStatus.NotFound, Erase().Status);
        Assert.Equal(0, _keyed.Log.Size);
    }

    [Fact]
    public void Nothing_more_is_sealed_about_an_erased_person()
    {
        Append(2);
        Erase();
        Assert.Equal(LedgerFault.Erased, Assert.Throws<LedgerException>(() => Append(1)).Fault);
    }

    [Fact]
    public void Restored_copy_of_the_keys_is_emptied_of_the_erased_when_it_is_opened()
    {
        Append(2);
        var copy = _keyed.KeyPath + ".copy";
        _keyed.Reopen(() => File.Copy(_keyed.KeyPath, copy));
        Erase();
        _keyed.Reopen(() => File.Move(copy, _keyed.KeyPath, overwrite: true));
        Assert.Equal(FieldState.Erased, _keyed.Keys.Read(_keyed.Log.Read(0).Entry, "name").State);
    }

    [Fact]
    public void Key_that_was_destroyed_before_a_crash_gets_its_proof_when_asked_again()
    {
        Append(2);
        _keyed.Keys.Destroy(_keyed.Keys.Pseudonym("person:ada"));
        Assert.Equal((ErasureStatus.Erased, 2L), (Erase().Status, _keyed.Log.Size - 1));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("trace")]
    [InlineData("person")]
    public void Hold_forbids_to_erase_until_it_is_lifted(string what)
    {
        Append(2);
        var scope = what switch
        {
            "log" => HoldScope.WholeLog,
            "trace" => HoldScope.Trace(LogFixture.Entry(0).TraceId!.Value),
            _ => HoldScope.OfPerson(_keyed.Keys.Pseudonym("person:ada")),
        };
        var hold = LegalHolds.Lay(_keyed.Log, Repository, scope, "court", "case 7", Now);
        Assert.Equal((ErasureStatus.Held, hold.Index), (Erase().Status, Erase().Hold));
        Assert.Equal(FieldState.Readable, _keyed.Keys.Read(_keyed.Log.Read(0).Entry, "name").State);
        LegalHolds.Lift(_keyed.Log, hold, "court", "closed", Now);
        Assert.Equal(ErasureStatus.Erased, Erase().Status);
    }

    private void Verify(string text)
    {
        var proof = TlogProof.Parse(text);
        Assert.True(proof.Verify(_keyed.Log.Read((long)proof.Index).Bytes.Span, LogFixture.Origin, _keyed.Fixture.Verifier).IsVerified);
    }

    private ErasureOutcome Erase() => SubjectErasure.Erase(_keyed.Log, _keyed.Keys, Request, Repository, Now);

    // Every other entry is about Ada.
    private void Append(int count) => _keyed.Log.Append([.. Enumerable.Range(0, count).Select(i =>
        _keyed.Keys.Seal(LogFixture.Entry(i), new PersonalField("name", i % 2 == 0 ? "person:ada" : "person:bob", i % 2 == 0 ? Secret : "Bob")))]);

    private byte[] KeyBytes()
    {
        using var connection = new SqliteConnection($"Data Source={_keyed.KeyPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM keys WHERE pseudonym = $1";
        command.Parameters.AddWithValue("$1", Convert.FromHexString(_keyed.Keys.Pseudonym("person:ada").Hex));
        return (byte[])command.ExecuteScalar()!;
    }

    // The lock of the writer has no bytes, and nobody else may open it.
    private List<string> Files() => [.. Directory.GetFiles(Path.GetDirectoryName(_keyed.Fixture.Path)!).Where(f => new FileInfo(f).Length > 0)];

    private static bool Holds(string file, byte[] needle)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(needle) >= 0;
    }

    private void AssertSound()
    {
        var report = LogVerifier.Verify(_keyed.Fixture.Path, [_keyed.Fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }
}
