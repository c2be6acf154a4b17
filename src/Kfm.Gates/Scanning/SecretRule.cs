using System.Text.RegularExpressions;

namespace Kfm.Gates.Scanning;

/// <summary>What one kind of secret looks like. The group <c>s</c> of the pattern is the secret; without it the whole match is.</summary>
internal sealed class SecretRule(string id, string[] keywords, string pattern, double minEntropy = 0, bool isGeneric = false)
{
    // Building an automaton costs milliseconds, so it waits until a keyword occurs.
    private readonly Lazy<Regex> _regex = new(() => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    public string Id { get; } = id;

    /// <summary>Whether the rule goes by the name before the value, not by the value's own form.</summary>
    public bool IsGeneric { get; } = isGeneric;

    /// <summary>Texts of which one occurs, in any case, in whatever the rule finds.</summary>
    public IReadOnlyList<string> Keywords => keywords;

    public IEnumerable<(int Start, int Length)> Find(string text)
    {
        if (!Array.Exists(keywords, keyword => text.Contains(keyword, StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }

        for (var match = _regex.Value.Match(text); match.Success; match = match.NextMatch())
        {
            var secret = match.Groups["s"] is { Success: true } named ? named : match;
            if (Accepts(secret.ValueSpan))
            {
                yield return (secret.Index, secret.Length);
            }
        }
    }

    private bool Accepts(ReadOnlySpan<char> secret) =>
        secret.IndexOf("[REDACTED:", StringComparison.Ordinal) < 0
        && (minEntropy == 0 || Entropy.Of(secret) >= minEntropy)
        && (!IsGeneric || Placeholders.LooksReal(secret));
}
