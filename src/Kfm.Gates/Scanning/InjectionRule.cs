using System.Text.RegularExpressions;

namespace Kfm.Gates.Scanning;

/// <summary>One kind of injection, by patterns over folded text.</summary>
internal sealed class InjectionRule(string id, string[] keywords, string pattern)
{
    // Building an automaton costs milliseconds, so it waits until a keyword occurs.
    private readonly Lazy<Regex> _regex = new(() => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture));

    public string Id => id;

    public IEnumerable<InjectionFinding> Find(FoldedText text)
    {
        if (!Array.Exists(keywords, keyword => text.Text.Contains(keyword, StringComparison.Ordinal)))
        {
            yield break;
        }

        for (var match = _regex.Value.Match(text.Text); match.Success; match = match.NextMatch())
        {
            yield return new InjectionFinding(id, text.Line(match.Index));
        }
    }
}
