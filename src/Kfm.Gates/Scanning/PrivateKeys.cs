using System.Text.RegularExpressions;

namespace Kfm.Gates.Scanning;

/// <summary>Finds PEM and PGP private keys with their bodies. Each character is looked at once, so that many openings stay linear.</summary>
internal static class PrivateKeys
{
    public const string Rule = "private-key";
    private const string Dashes = "-----";
    private static readonly Lazy<Regex> Opening = new(() =>
        new Regex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    public static IEnumerable<(int Start, int Length)> Find(string text)
    {
        if (!text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            yield break;
        }

        for (var match = Opening.Value.Match(text); match.Success;)
        {
            var end = BodyEnd(text, match.Index + match.Length);
            yield return (match.Index, end - match.Index);
            match = Opening.Value.Match(text, end);
        }
    }

    private static int BodyEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsBody(text[end]) && !text.AsSpan(end).StartsWith(Dashes))
        {
            end++;
        }

        if (!text.AsSpan(end).StartsWith("-----END "))
        {
            return end;
        }

        var close = text.IndexOf(Dashes, end + Dashes.Length, Math.Min(80, text.Length - end - Dashes.Length), StringComparison.Ordinal);
        return close < 0 ? end : close + Dashes.Length;
    }

    private static bool IsBody(char c) => char.IsAsciiLetterOrDigit(c) || char.IsWhiteSpace(c) || "+/=\\\"',:.-()".Contains(c, StringComparison.Ordinal);
}
