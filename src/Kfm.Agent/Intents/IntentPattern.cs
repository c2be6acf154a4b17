namespace Kfm.Agent.Intents;

/// <summary>Words that stand one after the other in a sentence.</summary>
/// <remarks>
/// <c>login</c> is a whole word, <c>authoris*</c> a stem, <c>add|drop</c> one of several. Words follow each other at once; <c>..</c> between two of
/// them leaves room for up to four others. <c>^</c> before the first one asks for the start of a sentence. A single word or stem of nine letters and more is
/// also known with one letter wrong, missing, doubled or swapped with its neighbour, because people mistype exactly the long ones.
/// </remarks>
internal sealed class IntentPattern
{
    private const string Gap = "..";
    private const int LongestGap = 4;
    private const int ShortestMistyped = 9;

    private readonly bool _atStart;
    private readonly (string[] Words, bool AfterGap)[] _elements;

    private IntentPattern(bool atStart, (string[] Words, bool AfterGap)[] elements) => (_atStart, _elements) = (atStart, elements);

    /// <summary>Reads patterns parted by commas.</summary>
    public static IReadOnlyList<IntentPattern> List(string patterns) =>
        [.. patterns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>The letters with which a text of the pattern can start.</summary>
    public IEnumerable<char> FirstLetters => _elements[0].Words.Select(w => w[0]).Distinct();

    /// <summary>The words that match from an index on, or null.</summary>
    public string? Match(IReadOnlyList<IntentWord> words, int start)
    {
        if ((_atStart && start > 0 && !words[start - 1].IsEnd) || !Fits(0, words[start]))
        {
            return null;
        }

        var found = new List<string> { words[start].Text };
        return Continue(1, words, start + 1, found) ? string.Join(' ', found) : null;
    }

    private static IntentPattern Parse(string text)
    {
        var atStart = text.StartsWith('^');
        var elements = new List<(string[], bool)>();
        var gap = false;
        foreach (var element in text.TrimStart('^').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (element != Gap)
            {
                elements.Add((element.Split('|'), gap));
            }

            gap = element == Gap;
        }

        return new IntentPattern(atStart, [.. elements]);
    }

    private bool Continue(int element, IReadOnlyList<IntentWord> words, int at, List<string> found)
    {
        if (element == _elements.Length)
        {
            return true;
        }

        var last = _elements[element].AfterGap ? at + LongestGap : at;
        for (var i = at; i <= last && i < words.Count && !words[i].IsEnd; i++)
        {
            if (!Fits(element, words[i]))
            {
                continue;
            }

            var kept = found.Count;
            found.AddRange(i > at ? ["…", words[i].Text] : [words[i].Text]);
            if (Continue(element + 1, words, i + 1, found))
            {
                return true;
            }

            found.RemoveRange(kept, found.Count - kept);
        }

        return false;
    }

    private bool Fits(int element, IntentWord word)
    {
        var single = _elements.Length == 1;
        return !word.IsEnd && Array.Exists(_elements[element].Words, pattern =>
            IsWord(pattern, word.Text) || word.Parts.Any(part => IsWord(pattern, part)) || (single && IsMistyped(pattern, word.Text)));
    }

    private static bool IsWord(string pattern, string word) =>
        pattern[^1] == '*' ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(word, pattern, StringComparison.Ordinal);

    private static bool IsMistyped(string pattern, string word)
    {
        var stem = pattern.TrimEnd('*');
        if (stem.Length < ShortestMistyped || word.Length < stem.Length - 1)
        {
            return false;
        }

        return pattern[^1] == '*'
            ? Enumerable.Range(stem.Length - 1, 3).Any(n => n <= word.Length && Misspelling.IsOne(stem, word.AsSpan(0, n)))
            : Misspelling.IsOne(stem, word);
    }
}
