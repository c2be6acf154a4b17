namespace Kfm.Agent.Intents;

/// <summary>A row of the table of words.</summary>
internal sealed class IntentRule
{
    // A slip of the fingers spares the first letter, so that only patterns with the letter of a word can fit it.
    private readonly ILookup<char, IntentPattern> _byLetter;

    /// <summary>A row with its patterns as text, parted by commas.</summary>
    public IntentRule(IntentKind kind, RiskTier tier, IntentRuleStrength strength, string patterns)
    {
        (Kind, Tier, Strength) = (kind, tier, strength);
        Id = "intent." + kind.ToString().ToLowerInvariant();
        _byLetter = IntentPattern.List(patterns).SelectMany(p => p.FirstLetters.Select(letter => (letter, p))).ToLookup(p => p.letter, p => p.p);
    }

    /// <summary>What the words ask for.</summary>
    public IntentKind Kind { get; }

    /// <summary>The tier that they ask for.</summary>
    public RiskTier Tier { get; }

    /// <summary>When the row counts.</summary>
    public IntentRuleStrength Strength { get; }

    /// <summary>The id under which the rule is reported.</summary>
    public string Id { get; }

    /// <summary>The first words of a text that the rule knows, or null.</summary>
    public string? Match(IReadOnlyList<IntentWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsEnd && MatchAt(words, i) is { } matched)
            {
                return matched;
            }
        }

        return null;
    }

    private string? MatchAt(IReadOnlyList<IntentWord> words, int start)
    {
        foreach (var letter in words[start].FirstLetters)
        {
            foreach (var pattern in _byLetter[letter])
            {
                if (pattern.Match(words, start) is { } matched)
                {
                    return matched;
                }
            }
        }

        return null;
    }
}
