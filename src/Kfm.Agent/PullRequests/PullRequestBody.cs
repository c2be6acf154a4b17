using System.Globalization;
using Kfm.Agent.Telemetry;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests;

/// <summary>The text of a pull request, pr/body.md: causes first, then facts, interpretation and policy apart. It never says that somebody has approved.</summary>
public static class PullRequestBody
{
    /// <summary>The path of the file below the bundle.</summary>
    public const string FileName = "pr/body.md";

    /// <summary>Writes the body as GitHub Flavored Markdown with line feeds.</summary>
    /// <param name="facts">What is said.</param>
    public static string Write(PullRequestFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (text, reasons) = (new MarkdownText(), VerdictReasons.Of(facts.Graph));
        text.Line($"# AI proposal: {facts.Decided.Verdict.ToString().ToLowerInvariant()}").Line()
            .Line(MarkdownText.Code(facts.Title)).Line()
            .Line("This pull request is a proposal; nothing merges it by itself.");
        Why(text.Heading("Why"), facts, reasons);
        Facts(text.Heading("Facts"), facts, reasons);
        Interpretation(text.Heading("Interpretation"), facts);
        Policy(text.Heading("Policy"), facts, reasons);
        Proof(text.Heading("Proof"), facts);
        return text.ToString();
    }

    private static void Why(MarkdownText text, PullRequestFacts facts, VerdictReasons reasons)
    {
        switch (facts.Decided.Verdict)
        {
            case Verdict.Allow:
                text.Line("Nothing is missing: no gate failed and the policy asks for no approval before the merge.");
                break;
            case Verdict.Review:
                text.Line("No gate failed. The policy asks for what is missing before a merge:").Line();
                text.List([
                    .. facts.RequiredApprovals.Select(r => $"approval by {MarkdownText.Code(r)}: {MarkdownText.Code($"kfm approve BUNDLE --role {r} --key KEY")}"),
                    .. facts.Stewardship.Select(s => $"stewardship review of {MarkdownText.Code(s)}")]);
                break;
            default:
                text.Line($"First cause: {MarkdownText.Code(reasons.FirstCause ?? "none recorded")}");
                Denied(text, reasons);
                break;
        }
    }

    private static void Denied(MarkdownText text, VerdictReasons reasons)
    {
        if (reasons.FailedChecks.Count > 1)
        {
            text.Line().Line("Other checks that failed or could not run:").Line();
            text.List([.. reasons.FailedChecks.Skip(1).Select(c => MarkdownText.Code(VerdictReasons.Text(c)))]);
        }

        if (reasons.Denials.Count > 0)
        {
            text.Line().Line($"<details><summary>What the gates say ({reasons.Denials.Count})</summary>").Line();
            text.List([.. reasons.Denials.GroupBy(Gate, StringComparer.Ordinal).Select(g =>
                MarkdownText.Code(g.Key) + ": " + string.Join(", ", g.Select(d => MarkdownText.Code(d.Length > g.Key.Length ? d[(g.Key.Length + 2)..] : d))))]);
            text.Line().Line("</details>");
        }
    }

    private static void Facts(MarkdownText text, PullRequestFacts facts, VerdictReasons reasons)
    {
        text.Line(facts.Measure("patch.files") is { } files
            ? string.Create(CultureInfo.InvariantCulture, $"- {files} files changed, {facts.Measure("patch.added") ?? 0} lines added, {facts.Measure("patch.deleted") ?? 0} deleted")
            : "- no patch was kept");
        text.Values("changed paths", facts.Labels("patch.path"));
        text.Values("checks passed", Names(facts, CheckStatus.Passed));
        text.Values("checks skipped", Names(facts, CheckStatus.Skipped));
        text.Values("stages skipped", [.. facts.Graph.Facts.Of<Run>().Where(r => r.Outcome == RunOutcome.Skipped)
            .OrderBy(r => r.Key.Stage).Select(r => r.Key.Stage.ToString().ToLowerInvariant())]);
        Numbers(text, facts);
        if (reasons.FailedChecks.Count > 0)
        {
            text.Line().Line("| check | result | detail |").Line("| --- | --- | --- |");
            foreach (var check in reasons.FailedChecks.Take(20))
            {
                text.Line($"| {MarkdownText.Code(check.Name, table: true)} | {check.Status.ToString().ToLowerInvariant()} "
                    + $"| {(check.Detail is null ? "none" : MarkdownText.Code(check.Detail, table: true))} |");
            }
        }

        Telemetry(text, facts);
        text.Line().Line("Not run: Great Expectations, Earthly, Dagger.");
    }

    private static void Numbers(MarkdownText text, PullRequestFacts facts)
    {
        if (facts.Measure("tests.passed") is { } passed)
        {
            text.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"- tests: {passed} passed, {facts.Measure("tests.failed") ?? 0} failed, {facts.Measure("tests.skipped") ?? 0} skipped; "
                + $"coverage of lines: {(facts.Coverage is { } share ? share.ToString("0.###", CultureInfo.InvariantCulture) : "not measured")}"));
        }

        text.Values("isolation of the commands", facts.Labels("build.isolation"));
    }

    private static void Telemetry(MarkdownText text, PullRequestFacts facts)
    {
        text.Line().Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Energy up to the checks: {Amount(facts.Measure(TelemetryWords.Energy), "kWh")}, emissions: {Amount(facts.Measure(TelemetryWords.Co2e), "kg CO2e")}; ")
            + $"reliability budget: {(facts.Labels(TelemetryWords.ReliabilityState) is [var state, ..] ? state : "not measured")}.");
    }

    private static string Amount(double? value, string unit) =>
        value is { } amount ? amount.ToString("0.######", CultureInfo.InvariantCulture) + " " + unit : "not measured";

    private static void Interpretation(MarkdownText text, PullRequestFacts facts)
    {
        text.Line($"- risk tier: {(facts.Labels("risk.tier") is [var tier, ..] ? MarkdownText.Code(tier) : "not established")}");
        text.Values("risk of the intent", facts.Labels("risk.intent"));
        text.Values("rules that fired", facts.Labels("risk.rule"));
        text.Values("rollout plan", facts.Labels("rollout.plan"));
    }

    private static void Policy(MarkdownText text, PullRequestFacts facts, VerdictReasons reasons)
    {
        text.Line($"- verdict: **{facts.Decided.Verdict.ToString().ToLowerInvariant()}**");
        text.Line("- approvals required: " + (facts.RequiredApprovals.Count == 0 ? "none" : string.Join(", ", facts.RequiredApprovals.Select(r => MarkdownText.Code(r))))
            + (facts.Decided.Verdict == Verdict.Deny ? "; no approval changes a denial" : ""));
        text.Values("stewardship review of", facts.Stewardship);
        text.Values("owners of the changed paths", facts.Owners);
        text.Values("passed", reasons.Passed);
        text.Values("noted", reasons.Remarks);
        if (reasons.Remarks.Contains("post_merge_review_due", StringComparer.Ordinal))
        {
            text.Line("- duty: somebody reviews the change after the merge, because the policy asks for no approval before it");
        }
    }

    private static void Proof(MarkdownText text, PullRequestFacts facts)
    {
        var (graph, decided) = (facts.Graph, facts.Decided);
        text.Values("base and head", [graph.Trace.BaseCommit, graph.Trace.HeadCommit]);
        text.Values("trace", [graph.TraceId.ToString()]);
        text.Values("record", [graph.Root.ToString()]);
        text.Values("policies", [decided.PolicySet.ToString()]);
        text.Values("decision", [decided.Decision.ToString()]);
        text.Values("manifest of the artifacts", facts.ManifestDigest is { } manifest ? [manifest.ToString()] : []);
        text.Line().Line("Check it offline, with keys that you hold: `kfm verify BUNDLE --trust trust.json`");
    }

    // The policies write "gate: reason"; a reason without a gate stands for itself.
    private static string Gate(string denial) => denial.Split(": ", 2) is [var gate, { Length: > 0 }] ? gate : denial;

    private static string[] Names(PullRequestFacts facts, CheckStatus status) =>
        [.. facts.Graph.Facts.Of<Tested>().Where(t => t.Status == status).OrderBy(t => t.Run.Stage).ThenBy(t => t.Name, StringComparer.Ordinal).Select(t => t.Name)];
}
