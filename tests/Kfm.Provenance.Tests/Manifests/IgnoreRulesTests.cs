using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

public sealed class IgnoreRulesTests
{
    private static readonly string[] Paths =
    [
        "a", "b", "a.o", "b.o", "keep.o", "x/a", "x/b", "x/a.o", "x/y/a", "x/y/a.o", "x/y/z/a", "bin/a", "bin/x/b", "x/bin/c", "obj", "[a]", "a b", "a ", "#a", "!a",
        "doc/a.txt", "doc/x/a.txt", "doc/x/y/b.txt", "a1", "a2", "aB", "a-", "a]", "foo/bar/baz", "foo/baz", "foo/x/y/baz", "Caf\u00e9", "a*b", "axb",
    ];

    [Theory]
    [InlineData("*.o")]
    [InlineData("*.o", "!keep.o")]
    [InlineData("/a")]
    [InlineData("a")]
    [InlineData("x/a")]
    [InlineData("bin/")]
    [InlineData("/bin")]
    [InlineData("obj/")]
    [InlineData("doc/*.txt")]
    [InlineData("doc/**/*.txt")]
    [InlineData("**/a")]
    [InlineData("x/**")]
    [InlineData("x/**", "!x/y/a")]
    [InlineData("x/*", "!x/y/")]
    [InlineData("foo/**/baz")]
    [InlineData("a[0-9]")]
    [InlineData("a[!0-9]")]
    [InlineData("a[^0-9]")]
    [InlineData("a[]-]")]
    [InlineData("a[[:upper:]]")]
    [InlineData("a[[:digit:]-]")]
    [InlineData("[[]a]")]
    [InlineData("\\[a\\]")]
    [InlineData("a\\*b")]
    [InlineData("a?b")]
    [InlineData("\\#a")]
    [InlineData("#a")]
    [InlineData("\\!a")]
    [InlineData("a\\ ")]
    [InlineData("a   ")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("**")]
    [InlineData("*")]
    [InlineData("*", "!a")]
    [InlineData("*", "!*/", "!a")]
    [InlineData("/*", "!/x")]
    [InlineData("a[")]
    [InlineData("Caf?")]
    [InlineData("Caf??")]
    [InlineData("**/y/**")]
    [InlineData("x**a")]
    [InlineData("fo*/ba?/**")]
    public void Rules_leave_out_what_git_leaves_out(params string[] patterns)
    {
        using var git = new GitRepository();
        foreach (var path in Paths)
        {
            git.Write(path, "");
        }

        File.WriteAllLines(Path.Combine(git.Path, ".git", "info", "exclude"), patterns);
        var kept = git.Run("-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var rules = new IgnoreRules(patterns);
        var options = new ManifestOptions { Ignore = new(patterns.Append("/.git")) };

        Assert.Equal(kept.Order(StringComparer.Ordinal), Paths.Where(p => !rules.IsIgnored(p)).Order(StringComparer.Ordinal));
        Assert.Equal(kept.Order(StringComparer.Ordinal), ArtifactManifest.OfDirectory(git.Path, options).Entries.Select(e => e.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pattern_of_many_stars_ends()
    {
        var rules = new IgnoreRules([string.Concat(Enumerable.Repeat("*a", 60)) + "b", string.Concat(Enumerable.Repeat("**/a/", 60)) + "b"]);

        Assert.False(rules.IsIgnored(new string('a', 4000)));
        Assert.False(rules.IsIgnored(string.Join('/', Enumerable.Repeat("a", 2000))));
    }
}
