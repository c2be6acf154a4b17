using FsCheck;
using FsCheck.Fluent;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Erasure;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Tests.Erasure;

public sealed class SubjectKeyStoreTests : IDisposable
{
    private static readonly PersonalField Ada = new("approver", "person:ada", "Ada Lovelace <ada@example.org>");
    private readonly KeyedLog _keyed = new();

    public void Dispose() => _keyed.Dispose();

    [Fact]
    public void Sealed_field_reads_back_from_the_leaf()
    {
        var entry = LedgerEntry.Parse(_keyed.Keys.Seal(LogFixture.Entry(1), Ada).ToBytes());
        Assert.Equal(new OpenedField(FieldState.Readable, Ada.Text), _keyed.Keys.Read(entry, "approver"));
    }

    [Fact]
    public void Leaf_holds_neither_the_text_nor_the_person()
    {
        var leaf = System.Text.Encoding.UTF8.GetString(_keyed.Keys.Seal(LogFixture.Entry(1), Ada).ToBytes());

        // Words with letters beyond the hexadecimal digits: "Ada" alone stands among those by chance.
        Assert.All(["Lovelace", "ada@", "example.org", "person:ada"], word => Assert.DoesNotContain(word, leaf, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Digest.Of("person:ada"u8).Hex, leaf, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealing_again_gives_the_same_leaf_so_that_appending_stays_idempotent()
    {
        var first = _keyed.Keys.Seal(LogFixture.Entry(1), Ada).ToBytes();
        _keyed.Reopen();
        Assert.Equal(first, _keyed.Keys.Seal(LogFixture.Entry(1), Ada).ToBytes());
        Assert.NotEqual(first, _keyed.Keys.Seal(LogFixture.Entry(1), Ada with { Text = "Ada" }).ToBytes());
    }

    [Fact]
    public void Text_of_any_content_reads_back() => Prop.ForAll<string>(text =>
    {
        var field = Ada with { Text = string.Concat((text ?? "").Where(c => !char.IsSurrogate(c))) };
        return _keyed.Keys.Read(_keyed.Keys.Seal(LogFixture.Entry(2), field), field.Name).Text == field.Text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Box_that_was_moved_to_another_place_is_forged()
    {
        var entry = _keyed.Keys.Seal(LogFixture.Entry(1), Ada);
        LedgerEntry[] moved =
        [
            entry with { Kind = LedgerEntryKind.Halt },
            entry with { TraceId = null },
            entry with { Repository = "urn:other" },
            entry with { Subject = Digest.Of("other"u8) },
            entry with { Time = entry.Time.AddMilliseconds(1) },
            entry with { Sealed = new Dictionary<string, SealedField>(StringComparer.Ordinal) { ["author"] = entry.Sealed["approver"] } },
        ];
        Assert.All(moved, e => Assert.Equal(FieldState.Forged, _keyed.Keys.Read(e, e.Sealed.Keys.Single()).State));
    }

    [Fact]
    public void Every_changed_byte_of_a_box_is_noticed()
    {
        var entry = _keyed.Keys.Seal(LogFixture.Entry(1), Ada);
        var field = entry.Sealed["approver"];
        for (var i = 0; i < field.Box.Length; i++)
        {
            var box = field.Box.ToArray();
            box[i] ^= 1;
            var forged = entry with { Sealed = new Dictionary<string, SealedField>(StringComparer.Ordinal) { ["approver"] = field with { Box = box } } };
            Assert.Equal(FieldState.Forged, _keyed.Keys.Read(forged, "approver").State);
        }
    }

    [Fact]
    public void Field_of_another_key_database_has_no_key_here()
    {
        using var other = new KeyedLog();
        Assert.Equal(FieldState.NoKey, other.Keys.Read(_keyed.Keys.Seal(LogFixture.Entry(1), Ada), "approver").State);
    }

    [Fact]
    public void Wrong_master_key_opens_nothing()
    {
        _keyed.Keys.Seal(LogFixture.Entry(1), Ada);
        Assert.Equal(LedgerFault.OtherLog, Assert.Throws<LedgerException>(() => _keyed.OpenKeys(new byte[32])).Fault);
    }

    [Fact]
    public void File_that_is_something_else_is_refused()
    {
        _keyed.Keys.Dispose();
        File.WriteAllText(_keyed.KeyPath, "not a database, but long enough to be read as one" + new string(' ', 4096));
        Assert.Equal(LedgerFault.NotALog, Assert.Throws<LedgerException>(() => _keyed.OpenKeys()).Fault);
    }

    [Fact]
    public void Misuse_is_an_argument_exception()
    {
        Assert.Throws<ArgumentException>(() => _keyed.OpenKeys(new byte[31]));
        Assert.Throws<ArgumentException>(() => _keyed.Keys.Read(LogFixture.Entry(1), "approver"));
        Assert.Throws<ArgumentException>(() => _keyed.Keys.Seal(LogFixture.Entry(1), Ada, Ada));
        Assert.Throws<ArgumentException>(() => _keyed.Keys.Seal(LogFixture.Entry(1), Ada with { Name = "" }));
        Assert.Throws<ArgumentException>(() => _keyed.Keys.Seal(LogFixture.Entry(1), Ada with { SubjectId = "" }));
        Assert.ThrowsAny<ArgumentException>(() => _keyed.Keys.Seal(LogFixture.Entry(1), Ada with { Text = "\ud800" }));
    }
}
