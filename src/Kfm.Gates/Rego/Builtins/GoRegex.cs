using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>A regular expression in Go's RE2 syntax, run by .NET's engine without backtracking (linear time).</summary>
internal sealed class GoRegex
{
    private const int MaxCached = 1000;
    private static readonly ConcurrentDictionary<string, (GoRegex? Regex, string Message)> Cache = new(StringComparer.Ordinal);

    private GoRegex(Regex regex) => Regex = regex;

    internal Regex Regex { get; }

    /// <summary>Compiles a pattern; null with a message when it is not RE2.</summary>
    internal static GoRegex? TryGet(string pattern, out string message)
    {
        if (!Cache.TryGetValue(pattern, out var entry))
        {
            entry = Compile(pattern);
            if (Cache.Count >= MaxCached)
            {
                Cache.Clear();
            }

            Cache[pattern] = entry;
        }

        message = entry.Message;
        return entry.Regex;
    }

    /// <summary>At most count matches (all when negative). As in Go, no empty match touches the end of the match before it.</summary>
    internal IEnumerable<Match> Matches(string text, int count)
    {
        var end = -1;
        for (var match = Regex.Match(text); match.Success && count != 0; match = match.NextMatch())
        {
            if (match.Length == 0 && match.Index == end)
            {
                continue;
            }

            end = match.Index + match.Length;
            count--;
            yield return match;
        }
    }

    /// <summary>Go's template: $1, $name (as long as possible), ${name}, $$.</summary>
    internal static void Expand(string template, Match match, StringBuilder result)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '$' || i + 1 >= template.Length)
            {
                result.Append(template[i]);
                continue;
            }

            if (template[i + 1] == '$')
            {
                result.Append('$');
                i++;
                continue;
            }

            var braced = template[i + 1] == '{';
            var start = i + (braced ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_'))
            {
                end++;
            }

            if (end == start || (braced && (end >= template.Length || template[end] != '}')))
            {
                result.Append('$');
                continue;
            }

            result.Append(match.Groups[template[start..end]].Value);
            i = braced ? end : end - 1;
        }
    }

    private static (GoRegex? Regex, string Message) Compile(string pattern)
    {
        try
        {
            var translated = GoRegexSyntax.Translate(pattern);
            return (new GoRegex(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10))), "");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, $"error parsing regexp: {e.Message}");
        }
    }
}
