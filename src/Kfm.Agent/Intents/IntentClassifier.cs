namespace Kfm.Agent.Intents;

/// <summary>Gives an intent its kind, components, title and tier, by a table of words; the same words always give the same result.</summary>
/// <remarks>
/// A row of the table fires when the text has one of its words. The highest tier wins, and among equal tiers the row that stands
/// first. Verbs such as "fix" and "add" count only where no row about an object fires; where nothing fires the kind is a feature. Words
/// that make a change small ("just", "tiny", "one line") count for nothing. So a harmless text may get a tier too high, and the changed paths
/// can only raise the tier, never lower it.
/// </remarks>
public static class IntentClassifier
{
    private const int MaxText = 64 * 1024;
    private const int MaxTitle = 72;

    /// <summary>Classifies an intent.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="knownComponents">Names that count as components when the text has them as words, for example the folders of the repository.</param>
    /// <exception cref="IntentFormatException">The text is empty or has more than 65,536 characters, or is not Unicode.</exception>
    public static StructuredIntent Classify(Intent intent, IReadOnlyCollection<string>? knownComponents = null)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (string.IsNullOrWhiteSpace(intent.Text) || intent.Text.Length > MaxText)
        {
            throw new IntentFormatException($"the text of an intent has 1 to {MaxText} characters; say in a sentence or a page what is asked", "/text");
        }

        if (!IntentWords.IsWellFormed(intent.Text))
        {
            throw new IntentFormatException("the text has a surrogate without its pair; it is not Unicode text", "/text");
        }

        var fired = Fire(IntentWords.Split(intent.Text));
        var decisive = fired.MaxBy(f => f.Rule.Tier);
        return new StructuredIntent(intent, decisive.Rule.Kind, Title(intent.Text), decisive.Rule.Tier)
        {
            Components = IntentWords.Components(intent.Text, knownComponents ?? []),
            Rules = [.. fired.Select(f => new FiredRule(f.Rule.Id, f.Rule.Tier, f.Word))],
        };
    }

    private static List<(IntentRule Rule, string Word)> Fire(IReadOnlyList<IntentWord> words)
    {
        var told = IntentTable.WithoutHarmless(words);
        var about = IntentTable.WithoutLowSentences(told);
        var fired = IntentTable.Rules
            .Select(rule => (Rule: rule, Word: rule.Match(rule.Strength == IntentRuleStrength.Contextual ? about : told)!))
            .Where(f => f.Word is not null).ToList();
        if (fired.Exists(f => f.Rule.Strength != IntentRuleStrength.Weak))
        {
            fired.RemoveAll(f => f.Rule.Strength == IntentRuleStrength.Weak);
        }

        if (fired.Count == 0)
        {
            fired.Add((IntentTable.Default, ""));
        }

        // A kind has several rows; it is reported once, by the row that stands first.
        return [.. fired.DistinctBy(f => f.Rule.Id, StringComparer.Ordinal)];
    }

    private static string Title(string text)
    {
        var line = text.Split('\n').Select(l => l.TrimStart('#', ' ', '\t').Trim()).FirstOrDefault(l => l.Length > 0) ?? text.Trim();
        line = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
        if (line.Length <= MaxTitle)
        {
            return line;
        }

        // A surrogate without its pair has no UTF-8 form.
        var kept = char.IsHighSurrogate(line[MaxTitle - 2]) ? MaxTitle - 2 : MaxTitle - 1;
        return line[..kept].TrimEnd() + "…";
    }
}
