using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>Quoted strings in the form of Go's strconv.Quote, which Rego terms print.</summary>
internal static class GoQuote
{
    internal static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Append(value, text);
        return text.ToString();
    }

    internal static void Append(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            AppendRune(rune, '"', text);
        }

        text.Append('"');
    }

    /// <summary>A character in the form of strconv.QuoteRune.</summary>
    internal static string QuoteRune(Rune rune)
    {
        var text = new StringBuilder("'");
        AppendRune(rune, '\'', text);
        return text.Append('\'').ToString();
    }

    private static void AppendRune(Rune rune, char quote, StringBuilder text)
    {
        var escape = rune.Value switch
        {
            _ when rune.Value == quote => "\\" + quote,
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            < ' ' or 0x7f => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            _ => null,
        };
        if (escape is not null)
        {
            text.Append(escape);
        }
        else if (IsPrintable(rune))
        {
            text.Append(rune.ToString());
        }
        else
        {
            text.Append(rune.Value < 0x10000 ? "\\u" : "\\U").Append(rune.Value.ToString(rune.Value < 0x10000 ? "x4" : "x8", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
