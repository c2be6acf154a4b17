using Kfm.Agent.PullRequests;

namespace Kfm.Agent.Tests.PullRequests;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("build_ok", "`build_ok`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a``b`", "``` `a``b` ```")]
    [InlineData(" a ", "`  a  `")]
    [InlineData("", "`(empty)`")]
    [InlineData("  ", "`(empty)`")]
    [InlineData("a\n# b", "`a[U+000A]# b`")]
    [InlineData("@all <img src=x> [x](y)", "`@all <img src=x> [x](y)`")]
    public void Code_holds_any_text(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void Code_in_a_table_does_not_end_the_cell() => Assert.Equal("`a\\|b`", MarkdownText.Code("a|b", table: true));

    [Fact]
    public void List_is_cut_with_a_count()
    {
        var text = new MarkdownText().List([.. Enumerable.Range(0, 25).Select(i => $"item {i}")]).ToString();

        Assert.Contains("- item 19\n- and 5 more", text, StringComparison.Ordinal);
    }
}
