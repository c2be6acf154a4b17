using System.Text;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>Texts of the record in a sentence: always in a code span, cut, and never one that speaks of an approval.</summary>
internal static class FocusText
{
    /// <summary>What stands for a text that is not repeated.</summary>
    public const string NotRepeated = "`(not repeated)`";

    private const int Longest = 160;

    // What an approval could be called. Only letters are compared, so that no blank, hyphen or direction mark hides a word, and an accent hides one
    // letter at most.
    private static readonly string[] Words = ["pprov", "signoff", "signedoff", "lgtm", "acceptedby", "authoris", "authoriz", "endors", "ratif", "greenlit", "okayed", "consented"];

    // Letters of other scripts that look like those of these words.
    private const string Foreign = "аеорсухѕіԁνοαρετικпг";
    private const string Latin = "aeopcyxsidvoapetiknr";

    /// <summary>A text of the record as a code span.</summary>
    public static string Quote(string text)
    {
        var line = VisibleText.Line(text);
        if (SpeaksOfApproval(text))
        {
            return NotRepeated;
        }

        var runes = line.EnumerateRunes().ToArray();
        return MarkdownText.Code(runes.Length <= Longest ? line : string.Concat(runes.Take(Longest)) + "…");
    }

    /// <summary>Several texts, of which the first ones are shown.</summary>
    public static string Quote(IReadOnlyList<string> texts, int most, string rest) =>
        string.Join("; ", texts.Take(most).Select(Quote)) + (texts.Count > most ? $"; and {texts.Count - most} more in {rest}" : "");

    private static bool SpeaksOfApproval(string text)
    {
        var word = string.Concat(text.EnumerateRunes().Select(Letter));
        return Array.Exists(Words, w => word.Contains(w, StringComparison.Ordinal));
    }

    // The Latin letter that a reader sees, in lower case; nothing for all that is no letter of these words.
    private static string Letter(Rune rune) => Rune.ToLowerInvariant(rune).Value switch
    {
        >= 'a' and <= 'z' and var ascii => ((char)ascii).ToString(),
        >= 0xFF41 and <= 0xFF5A and var wide => ((char)(wide - 0xFF41 + 'a')).ToString(),
        >= 0x1D400 and <= 0x1D6A3 and var style => ((char)(((style - 0x1D400) % 26) + 'a')).ToString(),
        var other and < 0x10000 when Foreign.IndexOf((char)other, StringComparison.Ordinal) is >= 0 and var like => Latin[like].ToString(),
        _ => "",
    };
}
