namespace Kfm.Provenance.Manifests;

/// <summary>Matches a name against <c>*</c>, <c>?</c>, <c>[…]</c> and backslash escapes (glob(7)), in a time that is at most the product of both lengths.</summary>
internal static class SegmentPattern
{
    public static bool Fits(string pattern, string name)
    {
        var (p, n, star, starName) = (0, 0, -1, -1);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, starName) = (++p, n);
            }
            else if (p < pattern.Length && One(pattern, p, name[n], out var next))
            {
                (p, n) = (next, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star, ++starName);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool One(string pattern, int at, char c, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '[':
                return Class(pattern, at + 1, c, out next);
            case '\\':
                next = at + 2;
                return at + 1 < pattern.Length && pattern[at + 1] == c;
            default:
                return pattern[at] == c;
        }
    }

    // A class that is not closed fits nothing, as in git.
    private static bool Class(string pattern, int at, char c, out int next)
    {
        next = at;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        var found = false;
        var i = negated ? at + 1 : at;
        for (var first = true; ; first = false)
        {
            if (i >= pattern.Length)
            {
                return false;
            }

            if (pattern[i] == ']' && !first)
            {
                next = i + 1;
                return found != negated;
            }

            if (Named(pattern, i, c) is var (inClass, after))
            {
                (found, i) = (found || inClass, after);
                continue;
            }

            var low = Literal(pattern, ref i);
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = Literal(pattern, ref i);
            }

            found |= c >= low && c <= high;
        }
    }

    private static char Literal(string pattern, ref int i)
    {
        i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
        return pattern[i++];
    }

    private static (bool InClass, int After)? Named(string pattern, int at, char c)
    {
        if (!pattern.AsSpan(at).StartsWith("[:") || pattern.IndexOf(":]", at, StringComparison.Ordinal) is not (>= 0 and var end))
        {
            return null;
        }

        return (pattern[(at + 2)..end] switch
        {
            "alnum" => char.IsAsciiLetterOrDigit(c),
            "alpha" => char.IsAsciiLetter(c),
            "blank" => c is ' ' or '\t',
            "cntrl" => c is < ' ' or '\x7f',
            "digit" => char.IsAsciiDigit(c),
            "graph" => c is > ' ' and < '\x7f',
            "lower" => char.IsAsciiLetterLower(c),
            "print" => c is >= ' ' and < '\x7f',
            "punct" => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)),
            "space" => c is ' ' or (>= '\t' and <= '\r'),
            "upper" => char.IsAsciiLetterUpper(c),
            "xdigit" => char.IsAsciiHexDigit(c),
            _ => false,
        }, end + 2);
    }
}
