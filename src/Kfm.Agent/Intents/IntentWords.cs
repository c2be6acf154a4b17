using System.Buffers;
using System.Text;

namespace Kfm.Agent.Intents;

/// <summary>The words of an intent.</summary>
internal static class IntentWords
{
    private const int MaxComponents = 20;

    /// <summary>The words in lower case: runs of letters, digits and inner hyphens.</summary>
    public static IReadOnlyList<string> Split(string text) => [.. Runs(text, c => char.IsLetterOrDigit(c) || c == '-')
        .Select(w => w.Trim('-').ToLowerInvariant()).Where(w => w.Length > 0)];

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

    private static IEnumerable<string> Runs(string text, Func<char, bool> belongs)
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
                yield return text[start..i];
                start = -1;
            }
        }
    }
}
