namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>Multiples of the base point, made once in a process (about 0.2 ms).</summary>
internal static class BaseTables
{
    /// <summary>Bits of the window for the base point in verification.</summary>
    public const int Width = 8;

    private const int Rows = 32;
    private const int Columns = 8;
    private static readonly Lazy<AffinePoint[]> Odd = new(MakeOddMultiples);
    private static readonly Lazy<AffinePoint[]> Comb = new(MakeComb);

    /// <summary>B, 3B, 5B, …, 127B.</summary>
    public static AffinePoint[] OddMultiples => Odd.Value;

    /// <summary>A scalar times B, in constant time: no branch and no address depends on the scalar.</summary>
    /// <param name="scalar">Four words, below 2^255.</param>
    public static EdwardsPoint Multiply(ReadOnlySpan<ulong> scalar)
    {
        // 64 signed digits in base 16: the odd ones first, four doublings, then the even ones (RFC 8032 leaves the method open).
        Span<sbyte> digits = stackalloc sbyte[64];
        WriteDigits(scalar, digits);
        var comb = Comb.Value;
        var point = AddDigits(EdwardsPoint.Identity, comb, digits, 1);
        point = AddDigits(point.Doubled().Doubled().Doubled().Doubled(), comb, digits, 0);
        digits.Clear();
        return point;
    }

    private static EdwardsPoint AddDigits(EdwardsPoint point, AffinePoint[] comb, ReadOnlySpan<sbyte> digits, int first)
    {
        for (var i = first; i < digits.Length; i += 2)
        {
            Pick(comb.AsSpan(i / 2 * Columns, Columns), digits[i]).AddTo(point, out var sum);
            sum.ToPoint(out point);
        }

        return point;
    }

    // All eight entries are read, whatever the digit (-8 to 8) is.
    private static AffinePoint Pick(ReadOnlySpan<AffinePoint> row, int digit)
    {
        var sign = digit >> 31;
        var size = (digit ^ sign) - sign;
        var picked = AffinePoint.Identity;
        for (var i = 0; i < Columns; i++)
        {
            picked = picked.Select(row[i], Mask((i + 1) ^ size));
        }

        return picked.Select(picked.Negated(), (ulong)(long)sign);
    }

    // All ones for zero.
    private static ulong Mask(int difference) => (ulong)(((long)difference - 1) >> 63);

    private static void WriteDigits(ReadOnlySpan<ulong> scalar, Span<sbyte> digits)
    {
        var carry = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (int)((scalar[i >> 4] >> (4 * (i & 15))) & 15) + carry;
            carry = (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }

        // The highest digit keeps its carry: a scalar below 2^255 makes it 8 at most.
        digits[^1] += (sbyte)(carry << 4);
    }

    private static AffinePoint[] MakeOddMultiples()
    {
        var points = new EdwardsPoint[1 << (Width - 2)];
        var twice = new CachedPoint(EdwardsPoint.Base.Doubled());
        points[0] = EdwardsPoint.Base;
        for (var i = 1; i < points.Length; i++)
        {
            points[i] = points[i - 1].Plus(twice);
        }

        return AffinePoint.FromPoints(points);
    }

    // Row i holds 1 to 8 times 256^i B.
    private static AffinePoint[] MakeComb()
    {
        var points = new EdwardsPoint[Rows * Columns];
        var start = EdwardsPoint.Base;
        for (var row = 0; row < Rows; row++)
        {
            var step = new CachedPoint(start);
            var next = start;
            for (var column = 0; column < Columns; column++)
            {
                points[(row * Columns) + column] = next;
                next = next.Plus(step);
            }

            start = points[(row * Columns) + Columns - 1];
            for (var i = 0; i < 5; i++)
            {
                start = start.Doubled();
            }
        }

        return AffinePoint.FromPoints(points);
    }
}
