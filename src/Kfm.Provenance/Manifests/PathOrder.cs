namespace Kfm.Provenance.Manifests;

/// <summary>Orders paths by their UTF-8 bytes, as <c>LC_ALL=C sort</c> and git do; that is the order of their code points.</summary>
internal sealed class PathOrder : IComparer<string>
{
    public static PathOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length - right.Length
            : Rank(left[common]) - Rank(right[common]);
    }

    // Surrogates stand for the code points above all others.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
