using System.Text;

namespace Kfm.Agent.PullRequests;

/// <summary>Writes GitHub Flavored Markdown. Foreign text stands in code spans only, where it is no markup, mention, link or image.</summary>
internal sealed class MarkdownText
{
    private const int MaximumItems = 20;
    private readonly StringBuilder _text = new();

    /// <summary>A line of our own words.</summary>
    public MarkdownText Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>A heading with the blank lines that it needs.</summary>
    public MarkdownText Heading(string text) => Line().Line("## " + text).Line();

    /// <summary>A list that ends with a count when it is long.</summary>
    public MarkdownText List(IReadOnlyList<string> items)
    {
        foreach (var item in items.Take(MaximumItems))
        {
            Line("- " + item);
        }

        return items.Count > MaximumItems ? Line($"- and {items.Count - MaximumItems} more, in `report.html`") : this;
    }

    /// <summary>One line <c>name: values</c>; nothing when there is no value.</summary>
    public MarkdownText Values(string name, IReadOnlyList<string> values) => values.Count == 0
        ? this
        : Line($"- {name}: {string.Join(", ", values.Take(MaximumItems).Select(v => Code(v)))}{(values.Count > MaximumItems ? $" and {values.Count - MaximumItems} more" : "")}");

    /// <summary>A code span: the fence is longer than any run of backticks inside (CommonMark 6.1).</summary>
    /// <param name="text">The text; controls are made visible and it stays one line.</param>
    /// <param name="table">Whether it stands in a table, where a bar is escaped also in code.</param>
    public static string Code(string text, bool table = false)
    {
        var line = VisibleText.Line(text);
        if (table)
        {
            line = line.Replace("|", "\\|", StringComparison.Ordinal);
        }

        var fence = new string('`', LongestRun(line) + 1);
        var pad = line.Length == 0 || line[0] is '`' or ' ' || line[^1] is '`' or ' ' ? " " : "";
        return line.Trim().Length == 0 ? "`(empty)`" : fence + pad + line + pad + fence;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
