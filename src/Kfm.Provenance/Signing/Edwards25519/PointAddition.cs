using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>The addition that both kinds of tables share (add-2008-hwcd-3 for a = -1).</summary>
internal static class PointAddition
{
    /// <summary>
    /// <paramref name="p"/> plus the point whose Y + X, Y - X, 2dT and 2 Z1 Z2 are given; for a difference the caller swaps the first two
    /// and says so, because then T has the other sign.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Combine(
        in EdwardsPoint p, in FieldElement forSum, in FieldElement forDifference, in FieldElement t, in FieldElement d, bool negative, out PointSum sum)
    {
        FieldElement.Subtract(p.Y, p.X, out var a);
        FieldElement.Multiply(a, forDifference, out a);
        FieldElement.Add(p.Y, p.X, out var b);
        FieldElement.Multiply(b, forSum, out b);
        FieldElement.Multiply(p.T, t, out var c);
        FieldElement.Subtract(b, a, out var e);
        FieldElement.Add(b, a, out var h);
        FieldElement.Subtract(d, c, out var minus);
        FieldElement.Add(d, c, out var plus);
        sum = negative ? new(e, plus, minus, h) : new(e, minus, plus, h);
    }
}
