namespace Kfm.Provenance.Signing.Ssh;

/// <summary>Pattern lists (ssh_config(5), "PATTERNS"): <c>*</c>, <c>?</c>, commas, and <c>!</c> for what must not match.</summary>
internal static class SshPattern
{
    /// <summary>Whether a text matches one pattern of a list and none that is negated.</summary>
    public static bool Matches(string list, string text)
    {
        var found = false;
        foreach (var pattern in list.Split(','))
        {
            if (pattern.StartsWith('!'))
            {
                if (MatchesOne(pattern.AsSpan(1), text))
                {
                    return false;
                }
            }
            else
            {
                found |= MatchesOne(pattern, text);
            }
        }

        return found;
    }

    // Only the last star is ever tried again, so the time is at most pattern times text.
    private static bool MatchesOne(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
