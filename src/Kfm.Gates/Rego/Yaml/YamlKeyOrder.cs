using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>The order of the keys of a map as Go's YAML writer has it: numbers inside of keys count by their value, and letters stand behind other signs.</summary>
internal static class YamlKeyOrder
{
    internal static int Compare(string left, string right)
    {
        var (a, b) = (left.EnumerateRunes().ToArray(), right.EnumerateRunes().ToArray());
        var digits = false;
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] == b[i])
            {
                digits = Rune.IsDigit(a[i]);
                continue;
            }

            var (letterA, letterB) = (Rune.IsLetter(a[i]), Rune.IsLetter(b[i]));
            if (letterA != letterB)
            {
                return letterA == digits ? -1 : 1;
            }

            return letterA ? a[i].CompareTo(b[i]) : Numbers(a, b, i);
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int Numbers(Rune[] a, Rune[] b, int at)
    {
        // A zero counts when digits other than zero stand before it.
        var start = at;
        while (start > 0 && Rune.IsDigit(a[start - 1]))
        {
            start--;
        }

        var lead = (a[at].Value == '0' || b[at].Value == '0') && a.AsSpan(start, at - start).ContainsAnyExcept(new Rune('0')) ? "1" : "0";
        var (left, right) = (Digits(a, at), Digits(b, at));
        var order = Number(lead + left).CompareTo(Number(lead + right));
        order = order != 0 ? order : left.Length.CompareTo(right.Length);
        return order != 0 ? order : a[at].CompareTo(b[at]);
    }

    private static string Digits(Rune[] text, int at) =>
        string.Concat(text.Skip(at).TakeWhile(Rune.IsDigit).Select(static r => ((int)Rune.GetNumericValue(r)).ToString(CultureInfo.InvariantCulture)));

    private static BigInteger Number(string digits) => BigInteger.Parse(digits[..Math.Min(digits.Length, 400)], NumberStyles.None, CultureInfo.InvariantCulture);
}
