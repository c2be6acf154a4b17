using System.Globalization;
using System.Text;
using Kfm.Agent.Intents;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Agent.Tests.Intents;

/// <summary>
/// Measures the table of words on 500 labelled intents. The words were written against the half "rules" alone; the half "held-out" is only
/// measured here, so a row of it that is misplaced is no reason to add its words.
/// </summary>
public sealed class LabelledIntentTests(ITestOutputHelper output)
{
    private const double MostLower = 0.05;

    private static readonly IReadOnlyList<(LabelledIntent Row, StructuredIntent Found)> Measured =
        [.. LabelledIntent.All.Select(row => (row, IntentClassifier.Classify(new Intent(row.Text, "test", null, "person:1", DateTimeOffset.UnixEpoch))))];

    [Fact]
    public void Rows_are_five_hundred_different_ones_in_two_halves()
    {
        Assert.Equal(500, LabelledIntent.All.Select(r => r.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([250, 250], LabelledIntent.All.CountBy(r => r.Split).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value));
        Assert.Equal([120, 160, 120, 100], LabelledIntent.All.CountBy(r => r.Tier).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Theory]
    [InlineData("rules")]
    [InlineData("held-out")]
    [InlineData("")]
    public void At_most_one_in_twenty_is_in_a_lower_tier_than_labelled(string split)
    {
        var rows = Measured.Where(m => split.Length == 0 || m.Row.Split == split).ToList();
        var lower = rows.Count(m => m.Found.Tier < m.Row.Tier);

        output.WriteLine(Figure(split.Length == 0 ? "all" : split, rows));
        Assert.InRange(lower, 0, (int)(rows.Count * MostLower));
    }

    [Fact]
    public void No_intent_of_the_upper_tiers_is_low() =>
        Assert.Empty(Measured.Where(m => m.Row.Tier >= RiskTier.High && m.Found.Tier == RiskTier.Low).Select(m => m.Row.Text));

    /// <summary>Lists every misplacement, in both directions, on the output of the test and in artifacts/intents/misplaced.tsv.</summary>
    [Fact]
    public void Every_misplacement_is_listed()
    {
        var text = new StringBuilder("split\tlabelled\tfound\trules that fired\ttext\n");
        foreach (var (row, found) in Measured.Where(m => m.Found.Tier != m.Row.Tier))
        {
            var rules = string.Join("; ", found.Rules.Select(r => $"{r.Id} \"{r.Matched}\""));
            text.Append(CultureInfo.InvariantCulture, $"{row.Split}\t{row.Tier}\t{found.Tier}\t{rules}\t{row.Text.Replace("\n", "\\n", StringComparison.Ordinal)}\n");
        }

        var folder = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts", "intents"));
        File.WriteAllText(Path.Combine(folder.FullName, "misplaced.tsv"), text.ToString());
        output.WriteLine(text.ToString());
        Assert.All(Measured, m => Assert.Equal(m.Found.Tier, m.Found.Rules.Max(r => r.Tier)));
    }

    private static string Figure(string split, List<(LabelledIntent Row, StructuredIntent Found)> rows)
    {
        var tiers = Enum.GetValues<RiskTier>().Select(tier => rows.Where(m => m.Row.Tier == tier).ToList()).Select(of =>
            $"{of[0].Row.Tier} {of.Count(m => m.Found.Tier < m.Row.Tier)} lower and {of.Count(m => m.Found.Tier > m.Row.Tier)} higher of {of.Count}");
        return $"{split}: {rows.Count(m => m.Found.Tier < m.Row.Tier)} lower, {rows.Count(m => m.Found.Tier > m.Row.Tier)} higher of {rows.Count}; " + string.Join("; ", tiers);
    }
}
