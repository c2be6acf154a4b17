using Kfm.Agent.Configuration;

namespace Kfm.Agent.Tests.Configuration;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("README.md", "README.md", true)]
    [InlineData("README.md", "docs/README.md", false)]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "readme.MD", false)]
    [InlineData("*.md", "docs/a.md", false)]
    [InlineData("docs/**", "docs/a/b.md", true)]
    [InlineData("docs/**", "docs", false)]
    [InlineData("docs/**", "docs2/a", false)]
    [InlineData("**/*.csproj", "a.csproj", true)]
    [InlineData("**/*.csproj", "src/a/a.csproj", true)]
    [InlineData("src/**/bin/*.dll", "src/bin/a.dll", true)]
    [InlineData("src/**/bin/*.dll", "src/a/b/bin/a.dll", true)]
    [InlineData("src/**/bin/*.dll", "src/a/bin/b/a.dll", false)]
    [InlineData("?.txt", "a.txt", true)]
    [InlineData("?.txt", "ab.txt", false)]
    [InlineData("a.b[c]+", "a.b[c]+", true)]
    [InlineData("a.b[c]+", "axb[c]+", false)]
    [InlineData("**", "a/b", true)]
    public void A_pattern_matches_whole_paths(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathGlob(pattern).IsMatch(path));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    public void A_pattern_that_could_leave_the_root_is_refused(string pattern) =>
        Assert.Throws<ArgumentException>(() => new PathGlob(pattern));
}
