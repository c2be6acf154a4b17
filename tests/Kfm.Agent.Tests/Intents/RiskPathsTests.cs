using Kfm.Agent.Intents;

namespace Kfm.Agent.Tests.Intents;

public sealed class RiskPathsTests
{
    [Theory]
    [InlineData("README.md", RiskTier.Low, "path.docs")]
    [InlineData("docs/guide/index.html", RiskTier.Low, "path.docs")]
    [InlineData(".editorconfig", RiskTier.Low, "path.config")]
    [InlineData("src/A.cs", RiskTier.Medium, "path.default")]
    [InlineData("src/Auth/Login.cs", RiskTier.High, "path.auth")]
    [InlineData("db/migrations/001.sql", RiskTier.High, "path.migration")]
    [InlineData("docs/adr/001.md", RiskTier.Critical, "path.architecture")]
    [InlineData("LICENSE", RiskTier.Critical, "path.compliance")]
    [InlineData("kfm.json", RiskTier.Critical, "path.protected")]
    [InlineData("policies/gate.rego", RiskTier.Critical, "path.protected")]
    [InlineData("schemas/a.json", RiskTier.Critical, "path.protected")]
    [InlineData("CODEOWNERS", RiskTier.Critical, "path.protected")]
    [InlineData(".github/workflows/ci.yml", RiskTier.Critical, "path.protected")]
    [InlineData(".GitHub/workflows/ci.yml", RiskTier.Critical, "path.protected")]
    [InlineData("Kfm.json", RiskTier.Critical, "path.protected")]
    public void Paths_have_default_tiers(string path, RiskTier tier, string rule) =>
        Assert.Equal(new FiredRule(rule, tier, path), Assert.Single(new RiskPaths().Classify([path])));

    [Fact]
    public void Configured_patterns_raise_and_never_lower_a_default()
    {
        var paths = new RiskPaths(new Dictionary<RiskTier, IReadOnlyList<string>> { [RiskTier.Low] = ["**"], [RiskTier.High] = ["docs/legal/**"] });

        Assert.Equal(
            [RiskTier.Low, RiskTier.High, RiskTier.High, RiskTier.Critical],
            paths.Classify(["src/A.cs", "docs/legal/a.md", "x/Auth/y", "kfm.json"]).Select(r => r.Tier));
    }

    [Fact]
    public void Protected_paths_can_be_added()
    {
        var paths = new RiskPaths(null, ["governance/people.json"]);

        Assert.True(paths.IsProtected("governance/people.json"));
        Assert.True(paths.IsProtected(".github/x"));
        Assert.False(paths.IsProtected("src/A.cs"));
    }

    [Theory]
    [InlineData(RiskTier.High, "README.md", RiskTier.High)]
    [InlineData(RiskTier.Low, "src/A.cs", RiskTier.Medium)]
    [InlineData(RiskTier.Low, "README.md", RiskTier.Low)]
    public void Tier_is_the_higher_one_of_intent_and_paths(RiskTier intent, string path, RiskTier expected) =>
        Assert.Equal(expected, RiskPaths.Highest(intent, new RiskPaths().Classify([path])));
}
