using System.Globalization;
using System.Text;

namespace Kfm.Agent.PullRequests;

/// <summary>
/// Makes characters visible that a reader cannot see and that change what is seen around them: controls, bidirectional controls, zero-width
/// and other format characters (Unicode general category Cf), line and paragraph separators, private use, fillers, lone surrogates.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with each such character as <c>[U+202E]</c>; tabs and line feeds stay.</summary>
    /// <param name="text">A text of the record, which may come from a stranger.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.All(c => c is '\t' or '\n' or (>= ' ' and < '\x7f')))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                Mark(visible, text[i++]);
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (IsHidden(rune))
            {
                Mark(visible, rune.Value);
            }
            else
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    /// <summary>The same in one line: tabs and line feeds are made visible as well.</summary>
    /// <param name="text">A text of the record, which may come from a stranger.</param>
    public static string Line(string text) =>
        Of(text).Replace("\n", "[U+000A]", StringComparison.Ordinal).Replace("\t", "[U+0009]", StringComparison.Ordinal);

    private static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\t' or '\n' => false,
        0x115F or 0x1160 or 0x3164 or 0xFFA0 => true,
        >= 0xE0100 and <= 0xE01EF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse,
    };

    private static void Mark(StringBuilder text, int value) => text.Append(CultureInfo.InvariantCulture, $"[U+{value:X4}]");
}
