using System.Text;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Designs;

/// <summary>design.md: what was asked, where it lies, what it risks and how it will be checked, by a fixed template.</summary>
/// <remarks>The text depends on nothing but its arguments and the words of the intent: not on its author and not on its time.</remarks>
public static class DesignDocument
{
    /// <summary>Writes the document.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="changedComponents">The components that will change, beside those that the intent names.</param>
    /// <param name="checks">The planned checks, in their order.</param>
    /// <returns>Markdown with <c>\n</c> at the end of each line.</returns>
    public static string Write(StructuredIntent intent, IReadOnlyCollection<string> changedComponents, IReadOnlyCollection<string> checks)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(changedComponents);
        ArgumentNullException.ThrowIfNull(checks);
        var text = new StringBuilder();
        text.Append("# ").Append(intent.Title).Append("\n\n## Asked\n\n");
        foreach (var line in intent.Intent.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            text.Append(('>' + " " + line).TrimEnd()).Append('\n');
        }

        if (intent.Intent.Issue is { } issue)
        {
            text.Append("\nReference: ").Append(Code(issue)).Append('\n');
        }

        var components = intent.Components.Concat(changedComponents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        List(text, "Components", components.Select(Code), "None named; the changed paths will show them.");
        text.Append("\n## Risk\n\n").Append(intent.Tier).Append(", kind ").Append(Lower(intent.Kind)).Append(". ").Append(Review(intent.Tier)).Append("\n\n");
        foreach (var rule in intent.Rules)
        {
            text.Append("- ").Append(Code(rule.Id)).Append(" asks for ").Append(Lower(rule.Tier))
                .Append(rule.Matched.Length == 0 ? ": no word of the table was found" : ": " + Code(rule.Matched)).Append('\n');
        }

        text.Append("\nThe changed paths can raise the tier and never lower it.\n");
        List(text, "Planned checks", checks, "None configured.");
        return text.ToString();
    }

    private static void List(StringBuilder text, string heading, IEnumerable<string> items, string none)
    {
        text.Append("\n## ").Append(heading).Append("\n\n");
        var rows = items.Select(i => "- " + i + "\n").DefaultIfEmpty(none + "\n");
        text.AppendJoin("", rows);
    }

    private static string Review(RiskTier tier) => tier switch
    {
        RiskTier.Low => "No approval is needed before the merge; a review follows it.",
        RiskTier.Medium => "A merge needs the approval of a lead.",
        RiskTier.High => "A merge needs the approvals of a manager and of security, who review this design as well.",
        _ => "A merge needs the approvals of the council and of legal, who review this design as well.",
    };

    private static string Code(string text) => "`" + text.Replace('`', '\'') + "`";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
