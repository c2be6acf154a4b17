namespace Kfm.Agent.Configuration;

/// <summary>Matches a sequence with a pattern in which some elements stand for any number of anything.</summary>
internal static class Wildcards
{
    /// <summary>Whether the whole sequence matches. Only the last star is ever tried again, so the time is at most pattern times input.</summary>
    public static bool IsMatch<TPattern, TItem>(TPattern[] pattern, TItem[] input, Func<TPattern, bool> isStar, Func<TPattern, TItem, bool> matches)
    {
        int p = 0, i = 0, star = -1, resume = 0;
        while (i < input.Length)
        {
            if (p < pattern.Length && isStar(pattern[p]))
            {
                star = p++;
                resume = i;
            }
            else if (p < pattern.Length && matches(pattern[p], input[i]))
            {
                p++;
                i++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                i = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && isStar(pattern[p]))
        {
            p++;
        }

        return p == pattern.Length;
    }
}
