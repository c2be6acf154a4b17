using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A sum before its four last products: X = EF, Y = GH, Z = FG, T = EH.</summary>
internal readonly struct PointSum(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h)
{
    private readonly FieldElement _e = e;
    private readonly FieldElement _f = f;
    private readonly FieldElement _g = g;
    private readonly FieldElement _h = h;

    public void ToPoint(out EdwardsPoint point)
    {
        FieldElement.Multiply(_e, _f, out var x);
        FieldElement.Multiply(_g, _h, out var y);
        FieldElement.Multiply(_f, _g, out var z);
        FieldElement.Multiply(_e, _h, out var t);
        point = new(x, y, z, t);
    }

    /// <summary>The point without T, which a doubling does not need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ToProjective(out FieldElement x, out FieldElement y, out FieldElement z)
    {
        FieldElement.Multiply(_e, _f, out x);
        FieldElement.Multiply(_g, _h, out y);
        FieldElement.Multiply(_f, _g, out z);
    }
}
