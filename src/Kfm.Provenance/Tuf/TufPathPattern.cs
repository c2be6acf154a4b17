namespace Kfm.Provenance.Tuf;

/// <summary>Shell patterns of delegated paths (TUF specification, 4.5): <c>*</c>, <c>?</c> and <c>[…]</c> within one segment, never across <c>/</c>.</summary>
internal static class TufPathPattern
{
    public static bool IsMatch(string pattern, string path)
    {
        var (patterns, segments) = (pattern.Split('/'), path.Split('/'));
        return patterns.Length == segments.Length && patterns.Zip(segments).All(p => IsSegmentMatch(p.First, p.Second));
    }

    // Going back to the last star is enough, so that the time is bounded by the product of both lengths.
    private static bool IsSegmentMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && Matches(pattern[p..], text[t], out var used))
            {
                (p, t) = (p + used, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool Matches(ReadOnlySpan<char> pattern, char c, out int used)
    {
        used = 1;
        if (pattern[0] != '[' || ClosingBracket(pattern) is not (> 0 and var end))
        {
            return pattern[0] == '?' || pattern[0] == c;
        }

        used = end + 1;
        var negated = pattern[1] == '!';
        return InSet(pattern[(negated ? 2 : 1)..end], c) != negated;
    }

    // A bracket right after the opening one, or after its negation, is a member of the set.
    private static int ClosingBracket(ReadOnlySpan<char> pattern)
    {
        var first = pattern.Length > 1 && pattern[1] == '!' ? 3 : 2;
        var at = first < pattern.Length ? pattern[first..].IndexOf(']') : -1;
        return at < 0 ? -1 : first + at;
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
