using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032, 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal readonly struct EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
{
    public readonly FieldElement X = x;
    public readonly FieldElement Y = y;
    public readonly FieldElement Z = z;
    public readonly FieldElement T = t;

    /// <summary>The neutral point.</summary>
    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point B (RFC 8032, 5.1).</summary>
    public static EdwardsPoint Base
    {
        get
        {
            var x = new FieldElement(0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5);
            var y = new FieldElement(0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666);
            FieldElement.Multiply(x, y, out var t);
            return new(x, y, FieldElement.One, t);
        }
    }

    /// <summary>Decodes a point (RFC 8032, 5.1.3).</summary>
    /// <param name="bytes">32 bytes.</param>
    /// <param name="point">The point.</param>
    /// <returns>False when y is not below p, no x belongs to y, or x is zero and its sign is set.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = default;
        var negative = (bytes[31] & 0x80) != 0;
        var y = FieldElement.FromBytes(bytes);
        if (!IsCanonical(bytes, y) || !TryRecoverX(y, out var x))
        {
            return false;
        }

        var isZero = x.IsZero();
        if (isZero && negative)
        {
            return false;
        }

        if (x.IsOdd() != negative)
        {
            FieldElement.Negate(x, out x);
        }

        FieldElement.Multiply(x, y, out var t);
        point = new(x, y, FieldElement.One, t);
        return true;
    }

    /// <summary>Encodes the point in 32 bytes (RFC 8032, 5.1.2).</summary>
    public void Encode(Span<byte> bytes)
    {
        FieldElement.Invert(Z, out var inverse);
        FieldElement.Multiply(X, inverse, out var x);
        FieldElement.Multiply(Y, inverse, out var y);
        y.ToBytes(bytes);
        bytes[31] |= x.IsOdd() ? (byte)0x80 : (byte)0;
    }

    /// <summary>The point with x negated.</summary>
    public EdwardsPoint Negated()
    {
        FieldElement.Negate(X, out var x);
        FieldElement.Negate(T, out var t);
        return new(x, Y, Z, t);
    }

    /// <summary>Twice the point.</summary>
    public EdwardsPoint Doubled()
    {
        Doubling(X, Y, Z, out var sum);
        sum.ToPoint(out var point);
        return point;
    }

    /// <summary>This point plus another.</summary>
    public EdwardsPoint Plus(in CachedPoint other)
    {
        other.AddTo(this, out var sum);
        sum.ToPoint(out var point);
        return point;
    }

    /// <summary>Whether eight times the point is the neutral point, as it is for the eight points outside of the prime-order group's cosets.</summary>
    public bool HasSmallOrder()
    {
        var eight = Doubled().Doubled().Doubled();
        FieldElement.Subtract(eight.Y, eight.Z, out var difference);
        return eight.X.IsZero() && difference.IsZero();
    }

    /// <summary>Twice the point x = X/Z, y = Y/Z (dbl-2008-hwcd for a = -1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Doubling(in FieldElement x, in FieldElement y, in FieldElement z, out PointSum sum)
    {
        FieldElement.Square(x, out var xx);
        FieldElement.Square(y, out var yy);
        FieldElement.Square(z, out var zz);
        FieldElement.Add(x, y, out var s);
        FieldElement.Square(s, out var ss);
        FieldElement.Add(xx, yy, out var h);
        FieldElement.Subtract(ss, h, out var e);
        FieldElement.Subtract(yy, xx, out var g);
        FieldElement.Add(zz, zz, out var zz2);
        FieldElement.Add(zz2, xx, out var c);
        FieldElement.Subtract(c, yy, out var f);
        sum = new(e, f, g, h);
    }

    private static bool IsCanonical(ReadOnlySpan<byte> bytes, in FieldElement y)
    {
        Span<byte> again = stackalloc byte[32];
        y.ToBytes(again);
        return again[..31].SequenceEqual(bytes[..31]) && again[31] == (bytes[31] & 0x7f);
    }

    // x = sqrt(u/v) with u = y^2 - 1, v = d y^2 + 1.
    private static bool TryRecoverX(in FieldElement y, out FieldElement x)
    {
        FieldElement.Square(y, out var yy);
        FieldElement.Subtract(yy, FieldElement.One, out var u);
        FieldElement.Multiply(yy, FieldElement.D, out var v);
        FieldElement.Add(v, FieldElement.One, out v);
        FieldElement.Square(v, out var v3);
        FieldElement.Multiply(v3, v, out v3);
        FieldElement.Square(v3, out var v7);
        FieldElement.Multiply(v7, v, out v7);
        FieldElement.Multiply(v7, u, out var power);
        FieldElement.PowerForRoot(power, out power);
        FieldElement.Multiply(u, v3, out x);
        FieldElement.Multiply(x, power, out x);

        FieldElement.Square(x, out var check);
        FieldElement.Multiply(check, v, out check);
        FieldElement.Subtract(check, u, out var same);
        if (same.IsZero())
        {
            return true;
        }

        FieldElement.Add(check, u, out var opposite);
        FieldElement.Multiply(x, FieldElement.RootOfMinusOne, out x);
        return opposite.IsZero();
    }
}
