using System.Globalization;

namespace Kfm.Provenance.Merkle;

/// <summary>Reads the decimal numbers of the C2SP formats: ASCII digits, no sign, no leading zeroes.</summary>
internal static class DecimalText
{
    internal static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return (text.Length == 1 || (text.Length > 1 && text[0] != '0'))
            && !text.ContainsAnyExceptInRange('0', '9')
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
