using System.Text;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Tests.Intents;

public sealed class IntentClassifierTests
{
    [Theory]
    [InlineData("Fix a typo in the README", IntentKind.Docs, RiskTier.Low)]
    [InlineData("Document how parcels are parsed", IntentKind.Docs, RiskTier.Low)]
    [InlineData("Change the log setting", IntentKind.Config, RiskTier.Low)]
    [InlineData("Add a method that sums acreage", IntentKind.Feature, RiskTier.Medium)]
    [InlineData("Fix the crash on empty input", IntentKind.Fix, RiskTier.Medium)]
    [InlineData("Deprecate the old endpoint", IntentKind.Api, RiskTier.Medium)]
    [InlineData("Backfill the owners table", IntentKind.Migration, RiskTier.High)]
    [InlineData("Drop column age", IntentKind.Migration, RiskTier.High)]
    [InlineData("Rotate the login tokens", IntentKind.Auth, RiskTier.High)]
    [InlineData("Change the retention of personal data", IntentKind.Compliance, RiskTier.Critical)]
    [InlineData("Rearchitect the parser", IntentKind.Architecture, RiskTier.Critical)]
    [InlineData("Make it better", IntentKind.Feature, RiskTier.Medium)]
    [InlineData("Document the login", IntentKind.Auth, RiskTier.High)]
    [InlineData("LOGIN", IntentKind.Auth, RiskTier.High)]
    [InlineData("Describe the author's docket", IntentKind.Feature, RiskTier.Medium)]
    public void Words_give_kind_and_tier(string text, IntentKind kind, RiskTier tier)
    {
        var intent = IntentClassifier.Classify(Asked(text));

        Assert.Equal((kind, tier), (intent.Kind, intent.Tier));
        Assert.Equal(intent.Tier, intent.Rules.Max(r => r.Tier));
    }

    [Fact]
    public void Rules_say_what_matched() =>
        Assert.Equal(
            [new FiredRule("intent.auth", RiskTier.High, "login"), new FiredRule("intent.docs", RiskTier.Low, "document")],
            IntentClassifier.Classify(Asked("Document the login and fix it")).Rules);

    [Fact]
    public void Nothing_known_fires_the_default() =>
        Assert.Equal(new FiredRule("intent.feature", RiskTier.Medium, ""), Assert.Single(IntentClassifier.Classify(Asked("Make it better")).Rules));

    [Fact]
    public void Components_are_paths_and_known_names() =>
        Assert.Equal(
            ["Parcels", "docs/method.md", "src/Parcels/Acreage.cs"],
            IntentClassifier.Classify(Asked("Add to src/Parcels/Acreage.cs and docs/method.md, in parcels. See ../x.cs, e.g. 1.5."), ["Parcels", "Other"]).Components);

    [Theory]
    [InlineData("# Heading\n\nText", "Heading")]
    [InlineData("\n\n  One line  \nmore", "One line")]
    [InlineData("a\tb", "a b")]
    [InlineData("#", "#")]
    public void Title_is_the_first_line(string text, string title) => Assert.Equal(title, IntentClassifier.Classify(Asked(text)).Title);

    [Fact]
    public void Long_title_is_cut() => Assert.Equal(72, IntentClassifier.Classify(Asked(new string('x', 200))).Title.Length);

    [Fact]
    public void Title_is_never_cut_within_a_character() =>
        Assert.Equal(new string('x', 70) + "…", IntentClassifier.Classify(Asked(new string('x', 70) + "\U0001F5FA and a map")).Title);

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Text_that_is_none_is_refused(string text) =>
        Assert.Equal("/text", Assert.Throws<IntentFormatException>(() => IntentClassifier.Classify(Asked(text))).Pointer);

    [Fact]
    public void Text_of_the_greatest_length_is_classified() =>
        Assert.Equal(RiskTier.High, IntentClassifier.Classify(Asked(string.Concat(Enumerable.Repeat("drop the new part of it and ", 2300)) + " login")).Tier);

    [Fact]
    public void Text_that_is_not_unicode_is_refused() =>
        Assert.Throws<IntentFormatException>(() => IntentClassifier.Classify(Asked("bad \ud800 text")));

    [Fact]
    public void Text_beyond_the_limit_is_refused() =>
        Assert.Throws<IntentFormatException>(() => IntentClassifier.Classify(Asked(new string('x', 65537))));

    [Fact]
    public void File_reads_back_as_it_was_written()
    {
        var intent = IntentClassifier.Classify(Asked("Document src/A.cs and the login") with { Issue = "#7" });

        var bytes = IntentFile.Write(intent);
        var again = IntentFile.Parse(bytes);

        Assert.Equal(bytes, IntentFile.Write(again));
        Assert.Equal((intent.Intent, intent.Kind, intent.Tier, intent.Title), (again.Intent, again.Kind, again.Tier, again.Title));
        Assert.Equal(intent.Rules, again.Rules);
        Assert.Equal(intent.Components, again.Components);
    }

    [Fact]
    public void File_is_canonical_and_ends_with_a_newline() => Assert.Equal(
        "{\"author\":\"person:1\",\"components\":[],\"formatVersion\":1,\"issue\":null,\"kind\":\"docs\",\"origin\":\"test\",\"rules\":[{\"id\":\"intent.docs\",\"matched\":\"docs\",\"tier\":\"low\"}],"
        + "\"text\":\"Docs\",\"tier\":\"low\",\"time\":\"2026-01-01T00:00:00.000Z\",\"title\":\"Docs\"}\n",
        Encoding.UTF8.GetString(IntentFile.Write(IntentClassifier.Classify(Asked("Docs")))));

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("{\"formatVersion\":1", "")]
    public void Other_json_is_refused(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<IntentFormatException>(() => IntentFile.Parse(Encoding.UTF8.GetBytes(json))).Pointer);

    [Theory]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":2", "/formatVersion")]
    [InlineData("\"kind\":\"docs\"", "\"kind\":\"Docs\"", "/kind")]
    [InlineData("\"id\":\"intent.docs\"", "\"id\":7", "/rules/0/id")]
    [InlineData("\"tier\":\"low\"}]", "\"tier\":\"none\"}]", "/rules/0/tier")]
    [InlineData("2026-01-01T00:00:00.000Z", "yesterday", "/time")]
    [InlineData("\"author\":", "\"more\":1,\"author\":", "/more")]
    public void Damaged_file_is_refused_at_its_place(string old, string damage, string pointer)
    {
        var text = Encoding.UTF8.GetString(IntentFile.Write(IntentClassifier.Classify(Asked("Docs")))).Replace(old, damage, StringComparison.Ordinal);

        Assert.Equal(pointer, Assert.Throws<IntentFormatException>(() => IntentFile.Parse(Encoding.UTF8.GetBytes(text))).Pointer);
    }

    private static Intent Asked(string text) => new(text, "test", null, "person:1", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
