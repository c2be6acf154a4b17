using System.Text;
using System.Text.Json;
using Kfm.Agent.PullRequests;
using Kfm.Provenance.Evidence;
using static Kfm.Agent.Tests.PullRequests.RecordedProposal;

namespace Kfm.Agent.Tests.PullRequests;

public sealed class PullRequestCommentTests
{
    [Fact]
    public void Members_are_those_of_the_published_example()
    {
        using var document = JsonDocument.Parse(PullRequestComment.Write(Facts()));

        Assert.Equal(
            [
                "/kfm_pr_id", "/policy_gate/opa_decision", "/policy_gate/reasons",
                "/preview/artifact_manifest_sha256", "/preview/dagger_digest", "/preview/earthly_target",
                "/provenance/openlineage_run_id", "/provenance/prov_jsonld_ref", "/provenance/sbom_ref", "/provenance/slsa_attestation_ref",
                "/qa/coverage", "/qa/ge_report", "/qa/tests_passed",
                "/telemetry/co2e_kg", "/telemetry/energy_kwh", "/telemetry/reliability_budget",
            ],
            Leaves(document.RootElement, "").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("preview", "earthly_target")]
    [InlineData("preview", "dagger_digest")]
    [InlineData("preview", "artifact_manifest_sha256")]
    [InlineData("qa", "ge_report")]
    [InlineData("qa", "coverage")]
    [InlineData("qa", "tests_passed")]
    [InlineData("telemetry", "energy_kwh")]
    [InlineData("telemetry", "co2e_kg")]
    [InlineData("telemetry", "reliability_budget")]
    public void What_was_not_measured_is_null(string part, string member)
    {
        using var document = JsonDocument.Parse(PullRequestComment.Write(Facts()));

        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty(part).GetProperty(member).ValueKind);
    }

    [Theory]
    [InlineData("2134", "2134")]
    [InlineData(null, "null")]
    [InlineData("feature", "null")]
    public void Id_is_the_number_of_the_pull_request(string? pullRequest, string expected)
    {
        using var document = JsonDocument.Parse(PullRequestComment.Write(Facts(pullRequest)));

        Assert.Equal(expected, document.RootElement.GetProperty("kfm_pr_id").GetRawText());
    }

    [Theory]
    [InlineData("\"tests_passed\":true", "\"tests_passed\":false")]
    [InlineData("\"opa_decision\":\"review\"", "\"opa_decision\":\"allow\"")]
    [InlineData("\"opa_decision\":\"review\"", "\"opa_decision\":\"merge\"")]
    [InlineData("{\"kfm_pr_id\"", "{\"more\":1,\"kfm_pr_id\"")]
    [InlineData("}}\n", "}")]
    public void Changed_comment_is_refused(string old, string changed)
    {
        var facts = Facts() with { Graph = new RecordedProposal(Verdict.Review, ["build_ok"]) { Checks = [Check(Stage.Qa, "tests", CheckStatus.Passed)] }.Graph() };
        var text = Encoding.UTF8.GetString(PullRequestComment.Write(facts));
        Assert.Contains(old, text, StringComparison.Ordinal);

        Assert.Throws<CommentFormatException>(() => PullRequestComment.Parse(Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)), facts));
    }

    [Fact]
    public void Comment_reads_back_the_decision()
    {
        var facts = Facts();

        Assert.Equal(Verdict.Review, PullRequestComment.Parse(PullRequestComment.Write(facts), facts).Decision!.Verdict);
    }

    private static PullRequestFacts Facts(string? pullRequest = null) =>
        new(new RecordedProposal(Verdict.Review, ["build_ok", "review: approval of lead"]) { PullRequest = pullRequest }.Graph(), "title");

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(p => Leaves(p.Value, $"{path}/{p.Name}"))
        : [path];
}
