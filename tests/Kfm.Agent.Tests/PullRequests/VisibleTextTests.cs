using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.PullRequests;

namespace Kfm.Agent.Tests.PullRequests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    [InlineData("Gr\u00f6\u00dfe \u6f22\u5b57", "Gr\u00f6\u00dfe \u6f22\u5b57")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("a\u202eb", "a[U+202E]b")]
    [InlineData("a\u2066b\u2069", "a[U+2066]b[U+2069]")]
    [InlineData("a\u200bb", "a[U+200B]b")]
    [InlineData("\ufeffa", "[U+FEFF]a")]
    [InlineData("a\u00adb", "a[U+00AD]b")]
    [InlineData("\u001b[31mred", "[U+001B][31mred")]
    [InlineData("a\rb", "a[U+000D]b")]
    [InlineData("a\u0085b\u2028c", "a[U+0085]b[U+2028]c")]
    [InlineData("\udb40\udc41", "[U+E0041]")]
    [InlineData("a\udb40\udd00", "a[U+E0100]")]
    [InlineData("\u3164", "[U+3164]")]
    [InlineData("\u0000\u007f", "[U+0000][U+007F]")]
    public void Hidden_characters_become_visible(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    // Not a row above: a test runner cannot name a lone surrogate.
    [Fact]
    public void Lone_surrogate_becomes_visible() => Assert.Equal("a[U+D800]", VisibleText.Of("a\ud800"));

    [Fact]
    public void A_line_stays_one_line() => Assert.Equal("a[U+000A]b[U+0009]c", VisibleText.Line("a\nb\tc"));

    [Fact]
    public void A_visible_text_stays_as_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var once = VisibleText.Line(text ?? "");
            return VisibleText.Line(once) == once && !once.Any(char.IsControl);
        }).QuickCheckThrowOnFailure();
}
