using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>The escapes of JSON strings.</summary>
internal static class JsonString
{
    /// <summary>Replaces escapes; a surrogate without its pair becomes U+FFFD. Null when an escape is not JSON's.</summary>
    internal static string? Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            if (++i >= raw.Length)
            {
                return null;
            }

            if (raw[i] != 'u')
            {
                if (Simple(raw[i]) is not { } c)
                {
                    return null;
                }

                text.Append(c);
                continue;
            }

            if (!TryHex(raw, i + 1, out var unit))
            {
                return null;
            }

            i += 4;
            if (char.IsHighSurrogate(unit) && i + 2 < raw.Length && raw[i + 1] == '\\' && raw[i + 2] == 'u'
                && TryHex(raw, i + 3, out var low) && char.IsLowSurrogate(low))
            {
                text.Append(unit).Append(low);
                i += 6;
            }
            else
            {
                text.Append(char.IsSurrogate(unit) ? '\uFFFD' : unit);
            }
        }

        return text.ToString();
    }

    private static char? Simple(char c) => c switch
    {
        '"' or '\\' or '/' => c,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => null,
    };

    private static bool TryHex(string raw, int at, out char unit)
    {
        unit = '\0';
        if (at + 4 > raw.Length || !ushort.TryParse(raw.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        unit = (char)code;
        return true;
    }
}
