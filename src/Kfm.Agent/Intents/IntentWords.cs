using System.Buffers;
using System.Text;

namespace Kfm.Agent.Intents;

/// <summary>The words of an intent.</summary>
internal static class IntentWords
{
    private const int MaxComponents = 20;

    /// <summary>The words in lower case, runs of letters, digits and inner hyphens, and the ends of sentences, lines and clauses between them.</summary>
    public static IReadOnlyList<IntentWord> Split(string text)
    {
        var words = new List<IntentWord>();
        var last = 0;
        foreach (var (start, end) in Spans(text, c => char.IsLetterOrDigit(c) || c == '-'))
        {
            if (words.Count > 0 && EndsBetween(text, last, start))
            {
                words.Add(IntentWord.End);
            }

            last = end;
            if (text[start..end].Trim('-') is { Length: > 0 } word)
            {
                words.Add(new IntentWord(word.ToLowerInvariant(), Parts(word)));
            }
        }

        return words;
    }

    /// <summary>The components that a text names: what looks like a path, and known names that stand as words.</summary>
    public static IReadOnlyList<string> Components(string text, IReadOnlyCollection<string> known)
    {
        var runs = Runs(text, c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/').Select(r => r.TrimEnd('.', '-', '/')).ToList();
        var names = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. runs.Where(IsPath).Concat(names.Where(n => runs.Contains(n, StringComparer.OrdinalIgnoreCase)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxComponents)];
    }

    /// <summary>Whether every surrogate of a text has its pair, so that the text has a UTF-8 form.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>A path has a slash between names, or an extension of a few letters after a name.</summary>
    private static bool IsPath(string run)
    {
        var names = run.Split('/');
        if (names.Any(n => n is "" or "." or ".."))
        {
            return false;
        }

        var extension = run[(run.LastIndexOf('.') + 1)..];
        return run.Contains('.', StringComparison.Ordinal) && extension.Length >= (names.Length > 1 ? 1 : 2) && extension.Length <= 8 && extension.All(char.IsAsciiLetter)
            && names[^1].Length > extension.Length + 1;
    }

    /// <summary>Whether the text between two words ends a sentence: a stop before a space (a name has none), a line break.</summary>
    private static bool EndsBetween(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] == '\n' || (text[i] is '.' or '!' or '?' or ';' or ':' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The words inside of a name: <c>IsAllowed</c>, <c>IParcelReader</c>, <c>retentionDays</c>.</summary>
    private static List<string> Parts(string word)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            var breaks = i == word.Length || (char.IsUpper(word[i]) && (!char.IsUpper(word[i - 1]) || (i + 1 < word.Length && char.IsLower(word[i + 1]))));
            if (breaks)
            {
                parts.Add(word[start..i].ToLowerInvariant());
                start = i;
            }
        }

        return parts.Count > 1 ? parts : [];
    }

    private static IEnumerable<string> Runs(string text, Func<char, bool> belongs) => Spans(text, belongs).Select(s => text[s.Start..s.End]);

    private static IEnumerable<(int Start, int End)> Spans(string text, Func<char, bool> belongs)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && belongs(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                yield return (start, i);
                start = -1;
            }
        }
    }
}
