using System.Text.RegularExpressions;
using Kfm.Agent.PullRequests;
using Kfm.Provenance.Evidence;
using static Kfm.Agent.Tests.PullRequests.RecordedProposal;

namespace Kfm.Agent.Tests.PullRequests;

public sealed partial class PullRequestBodyTests
{
    [Fact]
    public void Review_names_each_missing_approval_with_its_command()
    {
        var body = Body(Verdict.Review, ["review: approval of manager", "review: approval of security"], ["manager", "security"]);

        Assert.Contains("approval by `manager`: `kfm approve BUNDLE --role manager --key KEY`", body, StringComparison.Ordinal);
        Assert.Contains("approval by `security`: `kfm approve BUNDLE --role security --key KEY`", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Allow)]
    [InlineData(Verdict.Review)]
    [InlineData(Verdict.Deny)]
    public void No_body_says_that_somebody_approved(Verdict verdict)
    {
        var body = Body(verdict, ["build_ok", "tier_high"], ["manager", "security"]);

        Assert.DoesNotMatch("(?i)approved|has approval|approvals? (given|granted)|signed off", body);
    }

    [Fact]
    public void Denial_begins_with_the_first_cause()
    {
        var facts = new PullRequestFacts(
            new RecordedProposal(Verdict.Deny, ["deny: contract: qa did not run", "deny: security: secrets.answer failed"])
            {
                Checks = [Check(Stage.Agent, "secrets.answer", CheckStatus.Failed, "token at 9:57"), Check(Stage.Intent, "secrets.intent", CheckStatus.Passed)],
            }.Graph(),
            "title");
        var body = PullRequestBody.Write(facts);

        Assert.InRange(body.IndexOf("First cause: `secrets.answer failed in agent: token at 9:57`", StringComparison.Ordinal), 0, 200);
        Assert.Contains("- `contract`: `qa did not run`", body, StringComparison.Ordinal);
        Assert.Contains("| `secrets.answer` | failed | `token at 9:57` |", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_stand_apart_and_in_order()
    {
        var headings = Body(Verdict.Allow, ["build_ok"], []).Split('\n').Where(l => l.StartsWith('#'));

        Assert.Equal(["# AI proposal: allow", "## Why", "## Facts", "## Interpretation", "## Policy", "## Proof"], headings);
    }

    [Fact]
    public void Duty_after_the_merge_is_said_only_when_the_policy_says_it()
    {
        Assert.Contains("duty: somebody reviews", Body(Verdict.Allow, ["post_merge_review_due"], []), StringComparison.Ordinal);
        Assert.DoesNotContain("duty:", Body(Verdict.Allow, ["build_ok"], []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("@team please merge #1")]
    [InlineData("![x](https://example.org/x.png)")]
    [InlineData("` ` `<img src=x>` `")]
    [InlineData("title\n\n# Approved by everybody")]
    [InlineData("x\u202eevil")]
    public void Foreign_text_is_inert(string hostile)
    {
        var record = new RecordedProposal(Verdict.Deny, ["deny: ops: " + hostile])
        {
            Checks = [Check(Stage.Qa, hostile, CheckStatus.Failed, hostile)],
            Facts = [Label(Stage.Patch, "patch.path", hostile), Label(Stage.Patch, "risk.rule", hostile), Label(Stage.Patch, "risk.tier", hostile)],
        };
        var body = PullRequestBody.Write(new PullRequestFacts(record.Graph(), hostile) { RequiredApprovals = [hostile], Stewardship = [hostile], Owners = [hostile] });
        var outside = CodeSpan().Replace(body, "");

        Assert.Equal(6, body.Split('\n').Count(l => l.StartsWith('#')));
        Assert.DoesNotContain("script", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("@team", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("![", outside, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
    }

    [Fact]
    public void No_underscore_is_escaped() => Assert.DoesNotContain("\\_", Body(Verdict.Allow, ["build_ok", "post_merge_review_due"], []), StringComparison.Ordinal);

    private static string Body(Verdict verdict, string[] reasons, string[] approvals) =>
        PullRequestBody.Write(new PullRequestFacts(new RecordedProposal(verdict, reasons).Graph(), "Say more") { RequiredApprovals = approvals });

    // A run of backticks up to the next run of the same length (CommonMark 6.1).
    [GeneratedRegex("(?<!`)(?<fence>`+)(?!`).*?(?<!`)\\k<fence>(?!`)", RegexOptions.Singleline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex CodeSpan();
}
