using Kfm.Agent.Configuration;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Designs;

/// <summary>design.md: what was asked, where it lies, what it must keep, what it risks, how it will be checked and taken back.</summary>
/// <remarks>The text depends on nothing but its arguments and the words of the intent: not on its author and not on its time. So a review of it holds for every run.</remarks>
public static class DesignDocument
{
    /// <summary>Writes the document by the shipped template that fits the intent.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="changedComponents">The components that will change, beside those that the intent names.</param>
    /// <param name="checks">The planned checks, in their order.</param>
    /// <returns>Markdown with <c>\n</c> at the end of each line.</returns>
    public static string Write(StructuredIntent intent, IReadOnlyCollection<string> changedComponents, IReadOnlyCollection<string> checks)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(changedComponents);
        ArgumentNullException.ThrowIfNull(checks);
        var components = intent.Components.Concat(changedComponents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Write(intent, new DesignPlan(DesignTemplateChoice.Choose(DesignTemplates.Shipped, intent, new DesignSettings()))
        {
            Components = [.. components.Select(name => new DesignComponent(name, IsTouched: true))],
            Checks = [.. checks],
        });
    }

    /// <summary>Writes the document.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="plan">What the base commit says about it.</param>
    /// <returns>Markdown with <c>\n</c> at the end of each line.</returns>
    public static string Write(StructuredIntent intent, DesignPlan plan)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Choice.Template.Fill(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = intent.Title,
            ["template"] = Template(plan.Choice),
            ["asked"] = Asked(intent.Intent),
            ["components"] = List(plan.Components.Where(c => c.IsTouched).Select(Component), "None named; the changed paths will show them."),
            ["diagram"] = ComponentDiagram.Draw(plan),
            ["specifications"] = List(plan.Specifications.Select(Specification), "None named."),
            ["risk"] = Risk(intent),
            ["checks"] = List(plan.Checks, "None configured."),
            ["rollback"] = List(DesignRollback.Steps(intent), ""),
        });
    }

    private static string Template(DesignTemplateChoice choice) =>
        $"Template {Code(choice.Template.Id)}, version {choice.Template.Version}, {Code(choice.Template.Digest.ToString())}, by {Code(choice.Rule)}"
        + (choice.Matched.Length == 0 ? "." : ": " + Code(choice.Matched) + ".");

    private static string Asked(Intent intent)
    {
        var lines = intent.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => ("> " + line).TrimEnd());
        return string.Join('\n', lines) + (intent.Issue is { } issue ? "\n\nReference: " + Code(issue) : "");
    }

    private static string Component(DesignComponent component) =>
        Code(component.Name) + (component.Paths.Count == 0 ? "" : ": " + string.Join(", ", component.Paths.Select(Code)));

    private static string Specification(DesignSpecification specification) =>
        Code(specification.Path) + (specification.Digest is { } digest ? ", " + Code(digest.ToString()) : ", which the base does not have");

    private static string Risk(StructuredIntent intent) =>
        $"{intent.Tier}, kind {Lower(intent.Kind)}. {Review(intent.Tier)}\n\n"
        + string.Concat(intent.Rules.Select(rule =>
            $"- {Code(rule.Id)} asks for {Lower(rule.Tier)}{(rule.Matched.Length == 0 ? ": no word of the table was found" : ": " + Code(rule.Matched))}\n"))
        + "\nThe changed paths can raise the tier and never lower it.";

    private static string List(IEnumerable<string> items, string none) => string.Join('\n', items.Select(i => "- " + i).DefaultIfEmpty(none));

    private static string Review(RiskTier tier) => tier switch
    {
        RiskTier.Low => "No approval is needed before the merge; a review follows it.",
        RiskTier.Medium => "A merge needs the approval of a lead.",
        RiskTier.High => "A merge needs the approvals of a manager and of security. One of them reviews this design before a model is asked.",
        _ => "A merge needs the approvals of the council and of legal. Both review this design before a model is asked.",
    };

    private static string Code(string text) => "`" + string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace('`', '\'') + "`";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
