namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A point of a table with Z = 1: y + x, y - x and 2dxy.</summary>
internal readonly struct AffinePoint(in FieldElement sum, in FieldElement difference, in FieldElement t)
{
    private readonly FieldElement _sum = sum;
    private readonly FieldElement _difference = difference;
    private readonly FieldElement _t = t;

    /// <summary>The neutral point.</summary>
    public static AffinePoint Identity => new(FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>Brings points to Z = 1, with one inversion for all (Montgomery's trick).</summary>
    public static AffinePoint[] FromPoints(ReadOnlySpan<EdwardsPoint> points)
    {
        var products = new FieldElement[points.Length];
        var running = FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            products[i] = running;
            FieldElement.Multiply(running, points[i].Z, out running);
        }

        FieldElement.Invert(running, out running);
        var result = new AffinePoint[points.Length];
        for (var i = points.Length - 1; i >= 0; i--)
        {
            FieldElement.Multiply(running, products[i], out var inverse);
            FieldElement.Multiply(running, points[i].Z, out running);
            result[i] = FromPoint(points[i], inverse);
        }

        return result;
    }

    /// <summary><paramref name="p"/> plus this point.</summary>
    public void AddTo(in EdwardsPoint p, out PointSum sum)
    {
        FieldElement.Add(p.Z, p.Z, out var d);
        PointAddition.Combine(p, _sum, _difference, _t, d, negative: false, out sum);
    }

    /// <summary><paramref name="p"/> minus this point.</summary>
    public void SubtractFrom(in EdwardsPoint p, out PointSum sum)
    {
        FieldElement.Add(p.Z, p.Z, out var d);
        PointAddition.Combine(p, _difference, _sum, _t, d, negative: true, out sum);
    }

    /// <summary><paramref name="other"/> where the mask is all ones, this where it is zero; in constant time.</summary>
    public AffinePoint Select(in AffinePoint other, ulong mask) =>
        new(_sum.Select(other._sum, mask), _difference.Select(other._difference, mask), _t.Select(other._t, mask));

    /// <summary>The point with x negated.</summary>
    public AffinePoint Negated()
    {
        FieldElement.Negate(_t, out var t);
        return new(_difference, _sum, t);
    }

    private static AffinePoint FromPoint(in EdwardsPoint point, in FieldElement inverse)
    {
        FieldElement.Multiply(point.X, inverse, out var x);
        FieldElement.Multiply(point.Y, inverse, out var y);
        FieldElement.Multiply(x, y, out var t);
        FieldElement.Multiply(t, FieldElement.TwoD, out t);
        FieldElement.Add(y, x, out var sum);
        FieldElement.Subtract(y, x, out var difference);
        FieldElement.Carry(sum, out sum);
        FieldElement.Carry(difference, out difference);
        return new(sum, difference, t);
    }
}
