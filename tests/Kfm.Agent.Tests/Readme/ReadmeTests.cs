using Kfm.Testing;

namespace Kfm.Agent.Tests.Readme;

public sealed class ReadmeTests
{
    private const string Marker = "// README";

    [Fact]
    public void Quick_start_runs()
    {
        using var directory = new TemporaryDirectory();

        Assert.StartsWith("c2sp.org/tlog-proof@v1", QuickStart.Run(directory.Path, new SteppingTimeProvider()));
    }

    [Fact]
    public void Quick_start_is_the_code_that_runs()
    {
        var source = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests/Kfm.Agent.Tests/Readme/QuickStart.cs"));
        var code = source.Split(Marker + "\n")[1].Split('\n').Select(l => l.Length > 8 ? l[8..] : "").ToArray();

        Assert.Contains(string.Join('\n', code).Trim(), Readme());
    }

    [Fact]
    public void Readme_has_at_most_150_lines() => Assert.True(Readme().Split('\n').Length <= 151);

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    public void Links_of_the_texts_lead_somewhere(string file)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));
        foreach (var link in System.Text.RegularExpressions.Regex.Matches(text, @"\]\((?!https?:)([^)#]+)").Select(m => m.Groups[1].Value))
        {
            Assert.True(Path.Exists(Path.Combine(RepositoryRoot.Path, link)), $"{file} links to {link}, which is not there.");
        }
    }

    private static string Readme() => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
}
