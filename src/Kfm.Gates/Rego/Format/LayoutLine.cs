namespace Kfm.Gates.Rego.Format;

/// <summary>A line: its items, whether a blank line stood before it, and whether a blank line must follow it.</summary>
internal sealed record LayoutLine(List<LayoutItem> Items, bool AfterBlank)
{
    /// <summary>Behind the package and behind the last import.</summary>
    internal bool EndsSection { get; init; }
}
