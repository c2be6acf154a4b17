using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Tests.Intents;

public sealed class IntentPatternTests
{
    [Theory]
    [InlineData("login", "Mend the login", "login")]
    [InlineData("login", "Mend the logins", null)]
    [InlineData("authoris*", "is authorised", "authorised")]
    [InlineData("drop|add column", "then add column x", "add column")]
    [InlineData("drop column", "drop the column", null)]
    [InlineData("drop .. column", "drop the old, unused column", "drop … column")]
    [InlineData("drop .. column", "drop one two three four five column", null)]
    [InlineData("drop .. column", "drop it. A column stays", null)]
    [InlineData("drop .. column", "drop a.b column", "drop … column")]
    [InlineData("^document", "Document it", "document")]
    [InlineData("^document", "An empty document", null)]
    [InlineData("^document", "Please: document it", "document")]
    [InlineData("allowed", "see IsAllowed()", "isallowed")]
    [InlineData("parcel", "IParcelReader", "iparcelreader")]
    [InlineData("permission*", "a permision check", "permision")]
    [InlineData("compliance", "the complaince board", "complaince")]
    [InlineData("consent", "the content", null)]
    public void Pattern_matches_words_of_one_sentence(string pattern, string text, string? matched)
    {
        var words = IntentWords.Split(text);

        Assert.Equal(matched, Enumerable.Range(0, words.Count).Select(i => Assert.Single(IntentPattern.List(pattern)).Match(words, i)).FirstOrDefault(m => m is not null));
    }

    [Fact]
    public void One_slip_of_the_fingers_keeps_a_word_and_two_do_not()
    {
        Assert.True(Misspelling.IsOne("permission", "permision"));
        Assert.True(Misspelling.IsOne("permission", "permisssion"));
        Assert.True(Misspelling.IsOne("permission", "premission"));
        Assert.True(Misspelling.IsOne("permission", "permizsion"));
        Assert.False(Misspelling.IsOne("permission", "permission"));
        Assert.False(Misspelling.IsOne("permission", "pernizsion"));
        Assert.False(Misspelling.IsOne("permission", "dermission"));
    }

    [Fact]
    public void Any_text_has_the_highest_tier_of_its_rules_and_the_same_one_again() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonWhiteSpaceString>(),
        text =>
        {
            if (!IntentWords.IsWellFormed(text.Get))
            {
                return;
            }

            var intent = new Intent(text.Get, "test", null, "person:1", DateTimeOffset.UnixEpoch);
            var found = IntentClassifier.Classify(intent);
            Assert.Equal(found.Tier, found.Rules.Max(r => r.Tier));
            Assert.Equal(IntentFile.Write(found), IntentFile.Write(IntentClassifier.Classify(intent)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sentence_more_never_lowers_the_tier_below_high()
    {
        var risky = LabelledIntent.All.Where(r => r.Tier >= RiskTier.High).Select(r => r.Text);
        var lowered = risky.Select(text => (text, Alone: Tier(text), With: Tier(text + "\nAlso fix a typo in the docs and change a setting.")))
            .Where(r => r.Alone >= RiskTier.High && r.With < r.Alone);

        Assert.Empty(lowered);
    }

    private static RiskTier Tier(string text) => IntentClassifier.Classify(new Intent(text, "test", null, "person:1", DateTimeOffset.UnixEpoch)).Tier;
}
