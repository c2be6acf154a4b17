using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>semver.compare, semver.is_valid (Semantic Versioning 2.0.0).</summary>
internal static class Semver
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("semver.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && TryParse(s.Text, out BigInteger[] _, out string[] _)));
        add("semver.compare", 2, Compare);
    }

    private static RegoNumber Compare(BuiltinContext context, RegoValue[] a)
    {
        var (left, right) = (Operand.Text("semver.compare", a, 0), Operand.Text("semver.compare", a, 1));
        if (!TryParse(left, out var leftCore, out var leftPre))
        {
            throw BuiltinException.Failed("semver.compare", $"operand 1: string {GoQuote.Quote(left)} is not a valid SemVer");
        }

        if (!TryParse(right, out var rightCore, out var rightPre))
        {
            throw BuiltinException.Failed("semver.compare", $"operand 2: string {GoQuote.Quote(right)} is not a valid SemVer");
        }

        for (var i = 0; i < 3; i++)
        {
            if (leftCore[i] != rightCore[i])
            {
                return RegoNumber.Of(Math.Sign(leftCore[i].CompareTo(rightCore[i])));
            }
        }

        return RegoNumber.Of(ComparePreRelease(leftPre, rightPre));
    }

    private static int ComparePreRelease(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length) is var order && left.Length == right.Length ? 0 : Math.Sign(order);
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (leftNumber, rightNumber) = (left[i].All(char.IsAsciiDigit), right[i].All(char.IsAsciiDigit));
            var order = (leftNumber, rightNumber) switch
            {
                (true, true) => BigInteger.Parse(left[i], System.Globalization.CultureInfo.InvariantCulture)
                    .CompareTo(BigInteger.Parse(right[i], System.Globalization.CultureInfo.InvariantCulture)),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(left[i], right[i]),
            };
            if (order != 0)
            {
                return Math.Sign(order);
            }
        }

        return Math.Sign(left.Length.CompareTo(right.Length));
    }

    private static bool TryParse(string text, out BigInteger[] core, out string[] preRelease)
    {
        core = [];
        preRelease = [];
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var version = plus < 0 ? text : text[..plus];
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? version : version[..dash]).Split('.');
        if (numbers.Length != 3 || !Array.TrueForAll(numbers, IsNumber) || (plus >= 0 && !Array.TrueForAll(text[(plus + 1)..].Split('.'), IsIdentifier)))
        {
            return false;
        }

        core = [.. numbers.Select(n => BigInteger.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        preRelease = dash < 0 ? [] : version[(dash + 1)..].Split('.');
        return Array.TrueForAll(preRelease, static p => IsIdentifier(p) && (!p.All(char.IsAsciiDigit) || IsNumber(p)));
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
