using Kfm.Agent.PullRequests;
using Kfm.Provenance.Evidence;
using static Kfm.Agent.Tests.PullRequests.RecordedProposal;

namespace Kfm.Agent.Tests.PullRequests;

public sealed class VerdictReasonsTests
{
    [Fact]
    public void Reasons_are_sorted_by_what_they_mean()
    {
        var reasons = VerdictReasons.Of(new RecordedProposal(Verdict.Review, ["build_ok", "tier_medium", "review: approval of lead", "post_merge_review_due"]).Graph());

        Assert.Equal(["build_ok"], reasons.Passed);
        Assert.Equal(["approval of lead"], reasons.Missing);
        Assert.Equal(["post_merge_review_due", "tier_medium"], reasons.Remarks);
        Assert.Empty(reasons.Denials);
        Assert.Null(reasons.FirstCause);
    }

    [Fact]
    public void Every_reason_stands_in_one_group()
    {
        string[] all = ["a_ok", "b", "deny: c", "deny: d_ok", "review: e", "deny"];
        var reasons = VerdictReasons.Of(new RecordedProposal(Verdict.Deny, all).Graph());

        Assert.Equal(
            all.Order(StringComparer.Ordinal),
            reasons.Passed.Concat(reasons.Remarks).Concat(reasons.Denials.Select(d => "deny: " + d)).Concat(reasons.Missing.Select(m => "review: " + m)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void First_cause_is_the_check_of_the_earliest_stage()
    {
        var reasons = VerdictReasons.Of(new RecordedProposal(Verdict.Deny, ["deny: ops: build failed"])
        {
            Checks =
            [
                Check(Stage.Qa, "tests", CheckStatus.Failed, "1 of 3"),
                Check(Stage.Build, "a", CheckStatus.Error, "no compiler"),
                Check(Stage.Build, "b", CheckStatus.Failed, "line 3"),
                Check(Stage.Agent, "c", CheckStatus.Passed),
            ],
        }.Graph());

        Assert.Equal("b failed in build: line 3", reasons.FirstCause);
        Assert.Equal(["b", "a", "tests"], reasons.FailedChecks.Select(c => c.Name));
    }

    [Fact]
    public void First_cause_without_a_failed_check_is_the_first_denial() =>
        Assert.Equal("lineage: provenance not signed", VerdictReasons.Of(new RecordedProposal(Verdict.Deny, ["deny: lineage: provenance not signed"]).Graph()).FirstCause);
}
