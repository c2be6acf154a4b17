using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Report;

public sealed class DecisionExplanationTests
{
    [Fact]
    public void Denial_names_the_fact_the_rule_and_its_line()
    {
        var page = Golden("denied");

        Assert.Matches("<strong>deny: security: secrets.answer failed: [^<]*</strong>", page);
        Assert.Matches("<dt>Facts named</dt><dd><a href=\"#check-[0-9]+\"><code>secrets.answer</code></a> <span class=\"status failed\">failed</span>", page);
        Assert.Matches("<dt>Rule</dt><dd><a href=\"./policies/checks.rego\"><code>policies/checks.rego</code></a> line [0-9]+ \\(<code>data.kfm.checks.outcome</code>\\)", page);
        Assert.Contains("outcome(name) := sprintf(", page, StringComparison.Ordinal);
        Assert.Contains("the stage <a href=\"#run-agent-1\"><code>agent</code></a> <span class=\"status failed\">failed</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_approval_names_the_rule_that_asks_for_it()
    {
        var page = Golden("review");

        Assert.Contains("<strong>review: approval of lead</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<code>data.kfm.autonomy.required_approvals</code>", page, StringComparison.Ordinal);
        Assert.Contains("required_approvals contains role if {", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Allowed_run_has_no_reason_that_asks_for_anything() =>
        Assert.Contains("No reason denies, and none asks for anything.", Golden("allowed"), StringComparison.Ordinal);

    [Fact]
    public void Bundle_without_policies_gives_its_reasons_without_rules()
    {
        using var run = new ReportRun(Verdict.Deny, ["deny: ops: build.succeeded missing"]);

        Assert.Contains("not traced; see decision.json and policies/", run.Page(), StringComparison.Ordinal);
    }

    private static string Golden(string name)
    {
        using var bundle = RunBundle.Read(RepositoryRoot.Combine("tests", "golden", "v1", name));
        return ReportPage.Write(RunView.Of(bundle));
    }
}
