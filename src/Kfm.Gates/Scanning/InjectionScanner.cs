namespace Kfm.Gates.Scanning;

/// <summary>Looks for prompt injection in text that a model or an agent will read as data: files, designs, answers.</summary>
/// <remarks>
/// The rules are patterns, so they know phrasings and not meanings: what they find is worth a look, and what they pass may still be an attack. A text is read as
/// it stands, folded (compatibility forms, letters that look alike, invisible characters, any white space as one blank), and with digits for letters and
/// spaced-out words undone; encoded blocks are decoded once. All patterns take linear time.
/// </remarks>
public static class InjectionScanner
{
    /// <summary>The longest text, in UTF-16 units; a longer one is a finding of the rule <c>not-scanned</c>.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const int MaxFindings = 100;

    /// <summary>Scans a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The findings by line and rule, each once, at most 100.</returns>
    public static IReadOnlyList<InjectionFinding> Scan(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return [new InjectionFinding("not-scanned", 1)];
        }

        var found = HiddenText.Find(text).Concat(Phrases(text)).Concat(EncodedText.Find(text));
        return [.. found.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Rule, StringComparer.Ordinal).Take(MaxFindings)];
    }

    /// <summary>Scans what a patch adds.</summary>
    /// <param name="patch">A unified diff, as git writes it.</param>
    /// <returns>The findings by file, line and rule; the path is null where the patch names none.</returns>
    public static IReadOnlyList<(string? Path, InjectionFinding Finding)> ScanPatch(string patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return [.. AddedBlock.In(patch)
            .SelectMany(block => Scan(block.Text).Select(f => (block.Path, f with { Line = block.FirstLine == 0 ? 0 : block.FirstLine + f.Line - 1 })))
            .Distinct()
            .Take(MaxFindings)];
    }

    /// <summary>The findings of the rules that know phrasings.</summary>
    internal static IEnumerable<InjectionFinding> Phrases(string text) =>
        new[] { FoldedText.Of(text), FoldedText.Undisguised(text) }.SelectMany(folded => InjectionRules.All.SelectMany(rule => rule.Find(folded)));
}
