namespace Kfm.Agent.Intents;

/// <summary>Tells whether a word is another one with a single slip of the fingers.</summary>
internal static class Misspelling
{
    /// <summary>Whether one letter is wrong, missing, added or swapped with its neighbour; the first letter is right.</summary>
    public static bool IsOne(ReadOnlySpan<char> word, ReadOnlySpan<char> written)
    {
        var start = word.CommonPrefixLength(written);
        if (start == 0)
        {
            return false;
        }

        var left = word[start..];
        var right = written[start..];
        return (left.Length - right.Length) switch
        {
            1 => left[1..].SequenceEqual(right),
            -1 => left.SequenceEqual(right[1..]),
            0 => left.Length > 0 && (left[1..].SequenceEqual(right[1..]) || IsSwapped(left, right)),
            _ => false,
        };
    }

    private static bool IsSwapped(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]);
}
