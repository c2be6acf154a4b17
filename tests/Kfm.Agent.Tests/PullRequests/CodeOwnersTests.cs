using System.Text;
using Kfm.Agent.PullRequests;

namespace Kfm.Agent.Tests.PullRequests;

public sealed class CodeOwnersTests
{
    // The example of GitHub's page "About code owners", in words of our own.
    private const string Example = """
        # A comment.
        *               @anyone @anybody
        *.js            @scripts # said inline
        *.go            go@example.org
        *.txt           @acme/writers
        /build/logs/    @logs
        docs/*          @docs-top
        apps/           @apps
        /data/          @data
        /data/raw
        /scripts/**     @deep
        **/cache        @cache
        with\ space.md  @spaces
        """;

    [Theory]
    [InlineData("README", "@anyone @anybody")]
    [InlineData("a/b/c.md", "@anyone @anybody")]
    [InlineData("a/b/c.js", "@scripts")]
    [InlineData("x.go", "go@example.org")]
    [InlineData("x.txt", "@acme/writers")]
    [InlineData("build/logs/a/b", "@logs")]
    [InlineData("x/build/logs/a", "@anyone @anybody")]
    [InlineData("docs/start.md", "@docs-top")]
    [InlineData("docs/a/start.md", "@anyone @anybody")]
    [InlineData("x/docs/start.md", "@anyone @anybody")]
    [InlineData("x/apps/a/b", "@apps")]
    [InlineData("apps", "@anyone @anybody")]
    [InlineData("data/a", "@data")]
    [InlineData("data/raw", "")]
    [InlineData("data/raw/a", "")]
    [InlineData("data/raws", "@data")]
    [InlineData("scripts/a/b.sh", "@deep")]
    [InlineData("scripts", "@anyone @anybody")]
    [InlineData("a/cache/b", "@cache")]
    [InlineData("cache", "@cache")]
    [InlineData("Cache", "@anyone @anybody")]
    [InlineData("with space.md", "@spaces")]
    public void Last_line_that_matches_decides(string path, string owners) =>
        Assert.Equal(owners.Split(' ', StringSplitOptions.RemoveEmptyEntries), Parse(Example).OwnersOf(path));

    [Fact]
    public void Owners_of_several_paths_come_once_each() =>
        Assert.Equal(["@anybody", "@anyone", "@scripts"], Parse(Example).OwnersOf(["x.js", "y.js", "README"]));

    [Theory]
    [InlineData("!keep @a", "negated")]
    [InlineData("\\#hash @a", "escaped")]
    [InlineData("[ab].md @a", "ranges")]
    [InlineData("/ @a", "empty")]
    [InlineData("a.md owner", "no @user")]
    [InlineData("a.md @", "no @user")]
    [InlineData("a.md @org/team/x", "no @user")]
    [InlineData("a.md @a b@c@d", "no @user")]
    [InlineData("a***b @a", "stars")]
    public void Line_that_GitHub_does_not_read_is_left_out_and_told(string line, string fault)
    {
        var owners = Parse("* @all\n" + line + "\n");
        Assert.Contains(fault, Assert.Single(owners.Errors), StringComparison.Ordinal);
        Assert.StartsWith("line 2: ", owners.Errors[0], StringComparison.Ordinal);
        Assert.Equal(["@all"], owners.OwnersOf("keep"));
    }

    [Fact]
    public void File_beyond_the_limits_has_no_owners()
    {
        Assert.Empty(CodeOwners.Parse(new byte[3 << 20]).OwnersOf("a"));
        Assert.Contains("UTF-8", Assert.Single(CodeOwners.Parse([0xff, 0xfe]).Errors), StringComparison.Ordinal);
        Assert.Empty(Parse("").OwnersOf("a"));
    }

    [Fact]
    public void Pattern_of_many_stars_takes_no_more_time_than_its_length_says() =>
        Assert.Empty(Parse("/" + string.Concat(Enumerable.Repeat("*a", 400)) + "b @a").OwnersOf(new string('a', 4000)));

    private static CodeOwners Parse(string text) => CodeOwners.Parse(Encoding.UTF8.GetBytes(text));
}
