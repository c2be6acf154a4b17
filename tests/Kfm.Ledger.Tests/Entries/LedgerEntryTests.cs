using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Tests.Entries;

public sealed class LedgerEntryTests
{
    private const string Valid =
        """{"attributes":{"a":"é","b":"1"},"formatVersion":1,"key":"k","kind":"approval","links":[{"digest":"sha256:18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","role":"decision"}],"repository":"https://git.example/repo","subject":"sha256:18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4","time":"2026-01-02T03:04:12.000Z","traceId":"00000001-0000-0000-0000-000000000000"}""";

    [Fact]
    public void Entry_is_written_as_canonical_json()
    {
        var entry = LogFixture.Entry(7, "k") with { Subject = Digest.Of("d"u8) };
        Assert.Equal(Valid, Encoding.UTF8.GetString(entry.ToBytes()));
    }

    [Fact]
    public void Every_kind_reads_back_as_written()
    {
        foreach (var kind in Enum.GetValues<LedgerEntryKind>())
        {
            var bytes = (LogFixture.Entry(3) with { Kind = kind, TraceId = null }).ToBytes();
            var entry = LedgerEntry.Parse(bytes);
            Assert.Equal(kind, entry.Kind);
            Assert.Null(entry.TraceId);
            Assert.Equal(bytes, entry.ToBytes());
        }
    }

    [Fact]
    public void Texts_of_any_content_read_back_as_written() => Prop.ForAll<NonEmptyString, UnicodeText>((name, value) =>
    {
        var entry = LogFixture.Entry(1) with { Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["n" + Clean(name.Get)] = value.Text } };
        var again = LedgerEntry.Parse(entry.ToBytes());
        return again.Attributes.SequenceEqual(entry.Attributes) && again.ToBytes().AsSpan().SequenceEqual(entry.ToBytes());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":2")]
    [InlineData("\"approval\"", "\"Approval\"")]
    [InlineData("\"approval\"", "\"other\"")]
    [InlineData("\"approval\"", "7")]
    [InlineData("https://git.example/repo", "")]
    [InlineData("\"key\":\"k\"", "\"key\":\"\"")]
    [InlineData("\"key\":\"k\"", "\"kez\":\"k\"")]
    [InlineData("\"key\":\"k\"", "\"key\":\"k\",\"key\":\"k\"")]
    [InlineData("\"key\":\"k\"", "\"key\":\"\\ud800\"")]
    [InlineData("\"key\":\"k\"", "\"key\": \"k\"")]
    [InlineData("\"key\":\"k\"", "\"key\":null")]
    [InlineData("\"subject\":\"sha256:", "\"subject\":\"")]
    [InlineData("18ac3e", "18AC3E")]
    [InlineData("12.000Z", "12Z")]
    [InlineData("12.000Z", "12.000+00:00")]
    [InlineData("01-02T", "02-30T")]
    [InlineData("00000001-", "{0000001-")]
    [InlineData("\"b\":\"1\"", "\"b\":1")]
    [InlineData("\"b\":\"1\"", "\"\":\"1\"")]
    [InlineData("\"role\":\"decision\"", "\"role\":\"\"")]
    [InlineData(",\"role\":\"decision\"", "")]
    [InlineData("\"links\":[", "\"links\":[1,")]
    [InlineData("}\0", "}")]
    public void Bytes_that_are_not_an_entry_are_refused(string old, string now)
    {
        var text = old == "}\0" ? Valid + " " : Valid.Replace(old, now, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);
        Assert.Throws<LedgerEntryFormatException>(() => LedgerEntry.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Entry_beyond_the_limit_is_refused_in_both_directions()
    {
        var large = LogFixture.Entry(1) with { Repository = new string('x', LedgerEntry.MaxBytes) };
        Assert.Throws<ArgumentException>(large.ToBytes);
        Assert.Throws<LedgerEntryFormatException>(() => LedgerEntry.Parse(new byte[LedgerEntry.MaxBytes + 1]));
    }

    [Fact]
    public void Entry_that_could_not_be_read_again_is_not_written()
    {
        var links = Enumerable.Repeat(new LedgerLink("r", Digest.Of("d"u8)), 257);
        var entry = LogFixture.Entry(1);
        foreach (var wrong in new[]
        {
            entry with { Repository = "" }, entry with { Repository = "r\ud800" }, entry with { Key = "" }, entry with { Key = "\udc00" },
            entry with { Key = new string('k', 1025) }, entry with { Links = [new LedgerLink("", Digest.Of("d"u8))] }, entry with { Links = [.. links] },
            entry with { Kind = (LedgerEntryKind)99 },
            entry with { Attributes = Enumerable.Range(0, 257).ToDictionary(i => $"a{i}", _ => "", StringComparer.Ordinal) },
        })
        {
            Assert.Throws<ArgumentException>(wrong.ToBytes);
        }
    }

    private static string Clean(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    /// <summary>Text without halves of surrogate pairs.</summary>
    public sealed record UnicodeText(string Raw)
    {
        /// <summary>The text.</summary>
        public string Text => Clean(Raw ?? "");
    }
}
