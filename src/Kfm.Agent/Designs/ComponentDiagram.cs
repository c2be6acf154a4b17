using System.Globalization;
using System.Text;

namespace Kfm.Agent.Designs;

/// <summary>The component diagram of a design as a Mermaid flowchart.</summary>
/// <remarks>
/// Nodes have ids of their own, so that no name of a component can end a statement; labels are quoted, and what Mermaid or the page would read as
/// markup is written as an entity code (mermaid.js.org, flowchart syntax, "Entity codes to escape characters").
/// </remarks>
internal static class ComponentDiagram
{
    private const int LongestLabel = 80;

    public static string Draw(DesignPlan plan)
    {
        var text = new StringBuilder("```mermaid\nflowchart LR\n  change([\"the change\"])\n");
        var ids = plan.Components.Select((c, i) => (c.Name, Id: string.Create(CultureInfo.InvariantCulture, $"c{i}"))).ToDictionary(c => c.Name, c => c.Id, StringComparer.Ordinal);
        foreach (var component in plan.Components)
        {
            Line(text, $"{ids[component.Name]}[\"{Label(component.Name)}\"]");
        }

        foreach (var (index, specification) in plan.Specifications.Index())
        {
            Line(text, $"s{index}[/\"{Label(specification.Path)}\"/]");
        }

        foreach (var component in plan.Components.Where(c => c.IsTouched))
        {
            Line(text, $"change --> {ids[component.Name]}");
        }

        foreach (var component in plan.Components)
        {
            foreach (var other in component.DependsOn.Where(ids.ContainsKey))
            {
                Line(text, $"{ids[component.Name]} -->|\"depends on\"| {ids[other]}");
            }
        }

        foreach (var (index, specification) in plan.Specifications.Index())
        {
            Line(text, $"{(specification.Component is { } name && ids.TryGetValue(name, out var id) ? id : "change")} -.->|\"{(specification.Digest is null ? "adds" : "keeps")}\"| s{index}");
        }

        return text.Append("```").ToString();
    }

    private static void Line(StringBuilder text, FormattableString statement) =>
        text.Append("  ").Append(statement.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Label(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(LongestLabel))
        {
            text.Append(rune.Value switch
            {
                '"' or '#' or '&' or '<' or '>' or '`' or '\\' or ';' or '{' or '}' or '[' or ']' or '(' or ')' or '|' or '*' or '%' or '@' => string.Create(CultureInfo.InvariantCulture, $"#{rune.Value};"),
                _ when Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                _ => rune.ToString(),
            });
        }

        return text.ToString();
    }
}
