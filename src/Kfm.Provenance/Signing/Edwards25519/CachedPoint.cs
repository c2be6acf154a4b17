namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A point that is added many times: Y + X, Y - X, 2Z and 2dT.</summary>
internal readonly struct CachedPoint
{
    private readonly FieldElement _sum;
    private readonly FieldElement _difference;
    private readonly FieldElement _twoZ;
    private readonly FieldElement _t;

    public CachedPoint(in EdwardsPoint point)
    {
        FieldElement.Add(point.Y, point.X, out _sum);
        FieldElement.Subtract(point.Y, point.X, out var difference);
        FieldElement.Carry(difference, out _difference);
        FieldElement.Add(point.Z, point.Z, out _twoZ);
        FieldElement.Multiply(point.T, FieldElement.TwoD, out _t);
    }

    /// <summary>The odd multiples P, 3P, 5P, … of a point.</summary>
    public static CachedPoint[] OddMultiples(in EdwardsPoint point, int count)
    {
        var multiples = new CachedPoint[count];
        var twice = new CachedPoint(point.Doubled());
        var next = point;
        for (var i = 0; i < count; i++)
        {
            multiples[i] = new CachedPoint(next);
            next = next.Plus(twice);
        }

        return multiples;
    }

    /// <summary><paramref name="p"/> plus this point (add-2008-hwcd-3).</summary>
    public void AddTo(in EdwardsPoint p, out PointSum sum) => Combine(p, _sum, _difference, negative: false, out sum);

    /// <summary><paramref name="p"/> minus this point.</summary>
    public void SubtractFrom(in EdwardsPoint p, out PointSum sum) => Combine(p, _difference, _sum, negative: true, out sum);

    private void Combine(in EdwardsPoint p, in FieldElement forSum, in FieldElement forDifference, bool negative, out PointSum sum)
    {
        FieldElement.Multiply(p.Z, _twoZ, out var d);
        PointAddition.Combine(p, forSum, forDifference, _t, d, negative, out sum);
    }
}
