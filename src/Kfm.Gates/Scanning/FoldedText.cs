using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>A text in the form in which phrases are looked for, with the line that each character comes from.</summary>
internal sealed class FoldedText
{
    private readonly int[] _lines;

    private FoldedText(string text, int[] lines) => (Text, _lines) = (text, lines);

    public string Text { get; }

    /// <summary>Lower case, compatibility forms, Latin letters for those that look like them, no invisible characters, one blank for any white space.</summary>
    public static FoldedText Of(string text) => Build(text, undisguise: false);

    /// <summary>The same, with digits and signs within words read as letters, and words of spaced-out letters joined.</summary>
    public static FoldedText Undisguised(string text) => Build(text, undisguise: true);

    /// <summary>The line of a position, from 1.</summary>
    public int Line(int position) => _lines.Length == 0 ? 1 : _lines[Math.Min(position, _lines.Length - 1)];

    private static FoldedText Build(string text, bool undisguise)
    {
        var kept = new StringBuilder(text.Length);
        var lines = new List<int>(text.Length);
        var line = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!HiddenText.IsInvisible(rune))
            {
                foreach (var c in Fold(rune))
                {
                    Append(kept, lines, char.IsWhiteSpace(c) ? ' ' : c, line);
                }
            }

            line += rune.Value == '\n' ? 1 : 0;
        }

        return undisguise ? Disguise.Undo(kept.ToString(), lines, (t, l) => new FoldedText(t, l)) : new FoldedText(kept.ToString(), [.. lines]);
    }

    private static void Append(StringBuilder kept, List<int> lines, char c, int line)
    {
        if (c == ' ' && kept.Length > 0 && kept[^1] == ' ')
        {
            return;
        }

        kept.Append(c);
        lines.Add(line);
    }

    private static string Fold(Rune rune)
    {
        if (rune.IsAscii)
        {
            return ((char)rune.Value is >= 'A' and <= 'Z' ? (char)(rune.Value + 32) : (char)rune.Value).ToString();
        }

        var c = LookAlikes.Compatible(Rune.ToLowerInvariant(rune).Value);
        return c <= char.MaxValue ? LookAlikes.Latin((char)c).ToString() : char.ConvertFromUtf32(c);
    }
}
