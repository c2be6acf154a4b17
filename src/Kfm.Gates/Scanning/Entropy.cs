namespace Kfm.Gates.Scanning;

/// <summary>Shannon's entropy of texts.</summary>
internal static class Entropy
{
    /// <summary>Bits per character.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        var counts = new SortedDictionary<char, int>();
        foreach (var c in text)
        {
            counts[c] = counts.GetValueOrDefault(c) + 1;
        }

        var bits = 0.0;
        foreach (var count in counts.Values)
        {
            var share = (double)count / text.Length;
            bits -= share * Math.Log2(share);
        }

        return bits;
    }
}
