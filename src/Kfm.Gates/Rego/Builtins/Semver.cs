using System.Buffers;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>semver.compare, semver.is_valid (Semantic Versioning 2.0.0).</summary>
internal static class Semver
{
    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("semver.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && IsValid(s.Text)));
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

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        var plus = text.IndexOf('+');
        var version = plus < 0 ? text : text[..plus];
        var dash = version.IndexOf('-');
        return HasThreeNumbers(dash < 0 ? version : version[..dash])
            && (dash < 0 || AreIdentifiers(version[(dash + 1)..], preRelease: true))
            && (plus < 0 || AreIdentifiers(text[(plus + 1)..], preRelease: false));
    }

    private static bool HasThreeNumbers(ReadOnlySpan<char> core)
    {
        var count = 0;
        foreach (var part in core.Split('.'))
        {
            if (++count > 3 || !IsNumber(core[part]))
            {
                return false;
            }
        }

        return count == 3;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool preRelease)
    {
        foreach (var part in text.Split('.'))
        {
            var identifier = text[part];
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(IdentifierCharacters)
                || (preRelease && !identifier.ContainsAnyExceptInRange('0', '9') && !IsNumber(identifier)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParse(string text, out BigInteger[] core, out string[] preRelease)
    {
        core = [];
        preRelease = [];
        if (!IsValid(text))
        {
            return false;
        }

        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var version = plus < 0 ? text : text[..plus];
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? version : version[..dash]).Split('.');
        core = [.. numbers.Select(n => BigInteger.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        preRelease = dash < 0 ? [] : version[(dash + 1)..].Split('.');
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');
}
