using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Undoes two common disguises of words: digits and signs for letters, and letters with something between them.</summary>
internal static class Disguise
{
    private const string Signs = "01345@$7";
    private const string Letters = "oieasast";
    private const int ShortestSpacedWord = 4;

    public static FoldedText Undo(string text, List<int> lines, Func<string, int[], FoldedText> make)
    {
        var kept = new StringBuilder(text.Length);
        var origin = new List<int>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var spaced = SpacedLetters(text, i);
            if (spaced >= ShortestSpacedWord)
            {
                for (var k = 0; k < spaced; k++)
                {
                    Keep(kept, origin, text[i + (2 * k)], lines[i + (2 * k)]);
                }

                i += (2 * spaced) - 1;
                continue;
            }

            Keep(kept, origin, Letter(text, i), lines[i]);
            i++;
        }

        return make(kept.ToString(), [.. origin]);
    }

    /// <summary>How many single letters stand here with the same separator between them, at the start of a word.</summary>
    private static int SpacedLetters(string text, int start)
    {
        if (!char.IsLetter(text[start]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])) || start + 1 >= text.Length || !" .-_*".Contains(text[start + 1], StringComparison.Ordinal))
        {
            return 0;
        }

        var (separator, count, i) = (text[start + 1], 1, start);
        while (i + 2 < text.Length && text[i + 1] == separator && char.IsLetter(text[i + 2]))
        {
            (i, count) = (i + 2, count + 1);
        }

        // The last letter may be the first of a whole word.
        return i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]) ? count - 1 : count;
    }

    private static char Letter(string text, int i)
    {
        var at = Signs.IndexOf(text[i], StringComparison.Ordinal);
        var within = (i > 0 && char.IsLetter(text[i - 1])) || (i + 1 < text.Length && char.IsLetter(text[i + 1]));
        return at >= 0 && within ? Letters[at] : text[i];
    }

    private static void Keep(StringBuilder kept, List<int> origin, char c, int line)
    {
        kept.Append(c);
        origin.Add(line);
    }
}
