using System.Text;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Intents;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Autonomy;

public sealed class RolloutPlanTests
{
    public static TheoryData<RiskTier> Tiers => [.. Enum.GetValues<RiskTier>()];

    [Theory]
    [InlineData(RiskTier.Low, "sandbox, canary 5 % 300 s, production 100 % gradually")]
    [InlineData(RiskTier.Medium, "sandbox, canary 5 % 300 s, production 100 % gradually")]
    [InlineData(RiskTier.High, "sandbox, canary 1 % 600 s, gate by manager, production 100 % gradually")]
    [InlineData(RiskTier.Critical, "sandbox, validation 48 h, canary 0.5 % 600 s, gate by council, production 100 % gradually")]
    public void Tier_says_the_steps(RiskTier tier, string summary) => Assert.Equal(summary, RolloutPlan.For(tier).Summary);

    [Theory]
    [InlineData(RiskTier.Low, "lead manager", "5 25 50 100")]
    [InlineData(RiskTier.Medium, "manager", "1 5 25 50 100")]
    [InlineData(RiskTier.High, "council manager security", "0.5 1 5 100")]
    [InlineData(RiskTier.Critical, "council legal", "0.5 100")]
    public void Change_that_was_taken_back_is_approved_and_rolled_out_slower(RiskTier tier, string roles, string percents)
    {
        var reseal = RolloutPlan.For(tier).Reseal;

        Assert.Equal(roles, string.Join(' ', reseal.Roles));
        Assert.Equal(percents, string.Join(' ', reseal.Steps.Where(s => s.Percent is not null).Select(s => s.Percent!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal((RolloutStepKind.Validation, 172_800), (reseal.Steps[0].Kind, reseal.ValidationSeconds));
        Assert.Equal(0.005, reseal.Triggers.Single(t => t.Id == "error-rate").Threshold);
        Assert.All(reseal.Steps.Where(s => s.Kind == RolloutStepKind.Canary), s => Assert.Equal(600, s.Seconds));
    }

    [Fact]
    public void Triggers_have_the_thresholds_of_the_decision_record() => Assert.Equal(
        ["error-rate above 0.01", "latency-p95 above 500", "latency-p95-over-baseline above 2", "health-failures-in-a-row above 2", "policy-violations above 0", "model-confidence below 0.7", "consent-violations above 0"],
        RolloutPlan.For(RiskTier.Low).Triggers.Select(t => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.Id} {(t.Above ? "above" : "below")} {t.Threshold}")));

    [Theory]
    [MemberData(nameof(Tiers))]
    public void File_reads_back_and_meets_its_schema(RiskTier tier)
    {
        var bytes = RolloutFile.Write(RolloutPlan.For(tier));

        Assert.Equal(bytes, RolloutFile.Write(RolloutFile.Parse(bytes)));
        Assert.Empty(CompiledSchema.Compile(File.ReadAllBytes(RepositoryRoot.Combine("schemas", "rollout-v1.schema.json"))).Validate(bytes).Errors);
    }

    [Theory]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":2", "/formatVersion")]
    [InlineData("\"tier\":\"high\"", "\"tier\":\"tiny\"", "/tier")]
    [InlineData("\"percent\":100", "\"percent\":101", "/steps/3/percent")]
    [InlineData("\"kind\":\"gate\"", "\"kind\":\"door\"", "/steps/2/kind")]
    [InlineData("[\"manager\"]", "[\"owner\"]", "/steps/2/roles")]
    [InlineData("\"when\":\"below\"", "\"when\":\"near\"", "/triggers/5/when")]
    [InlineData("\"secondsToRestore\":60", "\"secondsToRestore\":61", "")]
    [InlineData("{", " {", "")]
    public void Damaged_file_is_refused_at_its_place(string old, string damage, string pointer)
    {
        var text = Encoding.UTF8.GetString(RolloutFile.Write(RolloutPlan.For(RiskTier.High)));
        var error = Assert.Throws<RolloutFormatException>(() => RolloutFile.Parse(Encoding.UTF8.GetBytes(text.Replace(old, damage, StringComparison.Ordinal))));

        Assert.EndsWith(pointer, error.Pointer, StringComparison.Ordinal);
    }
}
