using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a/b.txt")]
    [InlineData("..a/b..")]
    [InlineData("...")]
    [InlineData("ä/😀 x")]
    [InlineData("a/c:d")]
    public void Plain_path_is_accepted(string path) => Assert.Equal(path, RelativePath.Require(path));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/a", "absolute")]
    [InlineData("C:a", "absolute")]
    [InlineData("c:/a", "absolute")]
    [InlineData("a//b", "empty segment")]
    [InlineData("a/", "empty segment")]
    [InlineData("./a", "'.'")]
    [InlineData("a/../b", "'..'")]
    [InlineData("..", "'..'")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u007fb", "U+007F")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData("a\ud800b", "Unicode")]
    public void Other_path_is_refused_with_the_reason(string path, string reason)
    {
        var e = Assert.Throws<RelativePathException>(() => RelativePath.Require(path));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }

    [Fact]
    public void Path_longer_than_the_limit_is_refused()
    {
        Assert.True(RelativePath.IsValid(new string('a', 4096), out _));
        Assert.False(RelativePath.IsValid(new string('a', 4097), out _));
    }

    [Fact]
    public void Path_through_a_link_is_not_resolved()
    {
        using var root = new TemporaryDirectory();
        root.Write("real/file", "x");
        Directory.CreateSymbolicLink(root.Combine("link"), root.Combine("real"));

        Assert.Equal(root.Combine("real/file"), RelativePath.Resolve(root.Path, "real/file"));
        Assert.Throws<RelativePathException>(() => RelativePath.Resolve(root.Path, "link/file"));
        Assert.Throws<RelativePathException>(() => RelativePath.Resolve(root.Path, "link"));
    }
}
