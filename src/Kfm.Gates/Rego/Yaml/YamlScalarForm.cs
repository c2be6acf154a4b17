using System.Text;
using System.Text.RegularExpressions;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>Chooses the style of a string as Go's YAML writer does: plain where it reads back as the same string.</summary>
internal static partial class YamlScalarForm
{
    private const string Openers = "#,[]{}&*!|>'\"%@`";

    internal static YamlStyle Choose(string text, bool isKey)
    {
        var wanted = text.Contains('\n', StringComparison.Ordinal) ? YamlStyle.Literal
            : IsString(text) ? YamlStyle.Plain
            : YamlStyle.DoubleQuoted;
        var runes = text.EnumerateRunes().ToArray();
        var special = !Array.TrueForAll(runes, static r => r.Value == '\n' || IsPrintable(r));
        var spaceBreak = text.Contains(" \n", StringComparison.Ordinal);
        var edge = text.Length > 0 && (text[0] is ' ' or '\n' || text[^1] is ' ' or '\n');
        if (wanted == YamlStyle.Literal)
        {
            return isKey || special || spaceBreak || text[^1] == ' ' ? YamlStyle.DoubleQuoted : YamlStyle.Literal;
        }

        return special || wanted == YamlStyle.DoubleQuoted ? YamlStyle.DoubleQuoted
            : edge || HasIndicator(text) || (isKey && text.Contains(" *", StringComparison.Ordinal)) ? YamlStyle.SingleQuoted
            : YamlStyle.Plain;
    }

    /// <summary>Whether a plain scalar is neither number, boolean, null, time nor merge key.</summary>
    private static bool IsString(string text) => YamlScalars.Resolve(text) is RegoString && !Other().IsMatch(text);

    // Sexagesimal numbers of YAML 1.1, not-a-number and infinities, times, the merge key.
    [GeneratedRegex(@"\A(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ]\s*[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]*)?\s*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?)?)?|<<|=)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Other();

    private static bool HasIndicator(string text)
    {
        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal) || Openers.Contains(text[0], StringComparison.Ordinal))
        {
            return true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var blankNext = i + 1 == text.Length || text[i + 1] is ' ' or '\n';
            if ((text[i] == ':' && blankNext) || (i == 0 && text[i] is '?' or '-' && blankNext) || (i > 0 && text[i] == '#' && text[i - 1] is ' ' or '\n'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a character stands as it is. U+2028 and U+2029 end lines in YAML 1.1 and not in 1.2, so they are escaped.</summary>
    internal static bool IsPrintable(Rune rune) => rune.Value is >= 0x20 and <= 0x7e or >= 0xa0 and < 0xd800 and not (0x2028 or 0x2029) or >= 0xe000 and < 0xfffe and not 0xfeff;
}
