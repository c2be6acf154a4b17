namespace Kfm.Gates.Architecture;

/// <summary>Patterns over names with dots: a name stands for itself and what lies below it, <c>*</c> for any characters.</summary>
internal static class DottedName
{
    /// <summary>How specifically a pattern names something: its length, or -1 where it does not.</summary>
    public static int Match(string pattern, string name)
    {
        var below = !pattern.Contains('*', StringComparison.Ordinal) && name.StartsWith(pattern, StringComparison.Ordinal) && (name.Length == pattern.Length || name[pattern.Length] is '.');
        return below || Wildcard(pattern, name) ? pattern.Length : -1;
    }

    /// <summary>Whether a text is what a pattern with <c>*</c> for any characters says; linear in the product of the lengths.</summary>
    public static bool Wildcard(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
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

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
