using System.Globalization;
using System.Text;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests;

/// <summary>The text of a pull request, pr/body.md: facts, interpretation and policy apart. It never says that somebody has approved.</summary>
public static class PullRequestBody
{
    /// <summary>The path of the file below the bundle.</summary>
    public const string FileName = "pr/body.md";

    /// <summary>Writes the body as Markdown with line feeds.</summary>
    /// <param name="facts">What is said.</param>
    public static string Write(PullRequestFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(facts.Title)).Append("\n\nVerdict of the policy gate: **")
            .Append(facts.Decided.Verdict.ToString().ToLowerInvariant()).Append("**. This pull request is a proposal; nothing merges it by itself.\n");
        Facts(text, facts);
        Interpretation(text, facts);
        Policy(text, facts);
        Proof(text, facts);
        return text.ToString();
    }

    private static void Facts(StringBuilder text, PullRequestFacts facts)
    {
        text.Append("\n## Facts\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{facts.Measure("patch.files") ?? 0} files changed, {facts.Measure("patch.added") ?? 0} lines added, {facts.Measure("patch.deleted") ?? 0} deleted:\n\n");
        List(text, facts.Labels("patch.path").Select(Code), "No patch was kept.");
        text.Append("\n| check | result | detail |\n| --- | --- | --- |\n");
        foreach (var check in facts.Graph.Facts.Of<Tested>().OrderBy(t => t.Run.Stage).ThenBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append("| ").Append(Code(check.Name)).Append(" | ").Append(check.Status.ToString().ToLowerInvariant())
                .Append(" | ").Append(Escape(check.Detail ?? "")).Append(" |\n");
        }

        text.Append("\nNot measured in this run: energy, CO2e, reliability budget. Not run: Great Expectations, Earthly, Dagger.\n");
    }

    private static void Interpretation(StringBuilder text, PullRequestFacts facts)
    {
        text.Append("\n## Interpretation\n\nRisk tier: ").Append(facts.Labels("risk.tier") is [var tier, ..] ? tier : "not established")
            .Append(". Rules that fired:\n\n");
        List(text, facts.Labels("risk.rule").Select(Code), "None.");
    }

    private static void Policy(StringBuilder text, PullRequestFacts facts)
    {
        text.Append("\n## Policy\n\nReasons:\n\n");
        List(text, facts.Decided.Reasons.Select(Escape), "None.");
        text.Append("\nRequired approvals:\n\n");
        List(text, facts.RequiredApprovals.Select(Escape), "None.");
        if (facts.Decided.Verdict == Verdict.Allow && facts.RequiredApprovals.Count == 0)
        {
            text.Append("\nDuty: somebody reviews the change after the merge, because nobody approves it before.\n");
        }

        if (facts.Stewardship.Count > 0)
        {
            text.Append("\nStewardship review because of:\n\n");
            List(text, facts.Stewardship.Select(Escape), "");
        }

        if (facts.Owners.Count > 0)
        {
            text.Append("\nOwners of the changed paths:\n\n");
            List(text, facts.Owners.Select(Code), "");
        }
    }

    private static void Proof(StringBuilder text, PullRequestFacts facts)
    {
        var (graph, decided) = (facts.Graph, facts.Decided);
        text.Append("\n## Proof\n\n");
        List(
            text,
            [
                $"base {Code(graph.Trace.BaseCommit)}, head {Code(graph.Trace.HeadCommit)}",
                $"trace {Code(graph.TraceId.ToString())}, record {Code(graph.Root.ToString())}",
                $"policies {Code(decided.PolicySet.ToString())}, decision {Code(decided.Decision.ToString())}",
                $"manifest of the artifacts {Code(facts.ManifestDigest?.ToString() ?? "none")}",
            ],
            "");
        text.Append("\nCheck it offline: `kfm verify BUNDLE --trust trust.json`\n");
    }

    private static void List(StringBuilder text, IEnumerable<string> items, string none)
    {
        var rows = items.Select(i => "- " + i + "\n").ToArray();
        text.Append(rows.Length == 0 ? none + (none.Length == 0 ? "" : "\n") : string.Concat(rows));
    }

    private static string Code(string text) => "`" + text.Replace('`', '\'') + "`";

    // Foreign text must not become markup, a mention or an image in the pull request.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c is '|' or '<' or '>' or '[' or ']' or '`' or '*' or '_' or '\\' or '!' or '#' or '@' ? "\\" : "").Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
