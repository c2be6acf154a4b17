using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Configuration;

namespace Kfm.Agent.Tests.Configuration;

public sealed class GlobTests
{
    [Theory]
    [InlineData("a/b.txt", "a/b.txt", true)]
    [InlineData("a/b.txt", "A/b.txt", false)]
    [InlineData("*.md", "readme.md", true)]
    [InlineData("*.md", "docs/readme.md", false)]
    [InlineData("**/*.md", "readme.md", true)]
    [InlineData("**/*.md", "a/b/readme.md", true)]
    [InlineData("docs/**", "docs/a/b", true)]
    [InlineData("docs/**", "docsx/a", false)]
    [InlineData("**", "a/b", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/x/y/c", false)]
    [InlineData("a/*/b", "a/b", false)]
    [InlineData("?.cs", "a.cs", true)]
    [InlineData("?.cs", ".cs", false)]
    [InlineData("?", "/", false)]
    [InlineData("*.{md,txt}", "a.txt", true)]
    [InlineData("*.{md,txt}", "a.rst", false)]
    [InlineData("{a,b}/{c,d}", "b/d", true)]
    [InlineData("a{,b}", "a", true)]
    [InlineData("**/x/**", "x", true)]
    [InlineData("*a*b*c", "xxaxxbxxc", true)]
    [InlineData("*a*b*c", "xxaxxbxx", false)]
    public void Pattern_matches_whole_paths(string pattern, string path, bool matches) => Assert.Equal(matches, Glob.Parse(pattern).IsMatch(path));

    [Theory]
    [InlineData("", 0)]
    [InlineData("a[b]", 1)]
    [InlineData("!a", 0)]
    [InlineData("a\\b", 1)]
    [InlineData("a**", 1)]
    [InlineData("{a", 0)]
    [InlineData("{a,{b,c}}", 0)]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", 0)]
    public void Other_patterns_are_refused(string pattern, int position) =>
        Assert.Equal(position, Assert.Throws<GlobFormatException>(() => Glob.Parse(pattern)).Position);

    [Fact]
    public void Many_stars_stay_fast()
    {
        var glob = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 400)) + "b");
        var deep = Glob.Parse(string.Concat(Enumerable.Repeat("**/a/", 150)) + "b");

        Assert.False(glob.IsMatch(new string('a', 20_000)));
        Assert.False(deep.IsMatch(string.Concat(Enumerable.Repeat("a/", 5_000)) + "c"));
    }

    [Fact]
    public void Path_matches_itself_and_its_generalisations() => Prop.ForAll<uint>(seed =>
    {
        var random = new Random((int)(seed % int.MaxValue));
        var names = Enumerable.Range(0, random.Next(1, 5)).Select(_ => "" + "abc"[random.Next(3)] + "abc"[random.Next(3)]).ToList();
        var path = string.Join('/', names);
        var general = names.Select(n => random.Next(4) switch { 0 => "*", 1 => n[0] + "*", 2 => "??", _ => n }).ToList();
        general.Insert(random.Next(general.Count + 1), "**");

        Assert.True(Glob.Parse(path).IsMatch(path));
        Assert.True(Glob.Parse(string.Join('/', general)).IsMatch(path), string.Join('/', general) + " " + path);
        Assert.False(Glob.Parse(path + "/x").IsMatch(path));
    }).QuickCheckThrowOnFailure();
}
