using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>Products, powers and roots.</summary>
internal readonly partial struct FieldElement
{
    /// <summary>The product, reduced.</summary>
    public static void Multiply(in FieldElement a, in FieldElement b, out FieldElement product)
    {
        var (a0, a1, a2, a3, a4) = (a._0, a._1, a._2, a._3, a._4);
        var (b0, b1, b2, b3, b4) = (b._0, b._1, b._2, b._3, b._4);
        var (c1, c2, c3, c4) = (19 * b1, 19 * b2, 19 * b3, 19 * b4);

        var h0 = Math.BigMul(a0, b0, out var r0);
        AddProduct(ref h0, ref r0, a1, c4);
        AddProduct(ref h0, ref r0, a2, c3);
        AddProduct(ref h0, ref r0, a3, c2);
        AddProduct(ref h0, ref r0, a4, c1);

        var h1 = Math.BigMul(a0, b1, out var r1);
        AddProduct(ref h1, ref r1, a1, b0);
        AddProduct(ref h1, ref r1, a2, c4);
        AddProduct(ref h1, ref r1, a3, c3);
        AddProduct(ref h1, ref r1, a4, c2);

        var h2 = Math.BigMul(a0, b2, out var r2);
        AddProduct(ref h2, ref r2, a1, b1);
        AddProduct(ref h2, ref r2, a2, b0);
        AddProduct(ref h2, ref r2, a3, c4);
        AddProduct(ref h2, ref r2, a4, c3);

        var h3 = Math.BigMul(a0, b3, out var r3);
        AddProduct(ref h3, ref r3, a1, b2);
        AddProduct(ref h3, ref r3, a2, b1);
        AddProduct(ref h3, ref r3, a3, b0);
        AddProduct(ref h3, ref r3, a4, c4);

        var h4 = Math.BigMul(a0, b4, out var r4);
        AddProduct(ref h4, ref r4, a1, b3);
        AddProduct(ref h4, ref r4, a2, b2);
        AddProduct(ref h4, ref r4, a3, b1);
        AddProduct(ref h4, ref r4, a4, b0);

        product = Fold(h0, r0, h1, r1, h2, r2, h3, r3, h4, r4);
    }

    /// <summary>The square, reduced.</summary>
    public static void Square(in FieldElement a, out FieldElement square)
    {
        var (a0, a1, a2, a3, a4) = (a._0, a._1, a._2, a._3, a._4);
        var (d0, d1, d2) = (2 * a0, 2 * a1, 2 * a2);
        var (c3, c4) = (19 * a3, 19 * a4);

        var h0 = Math.BigMul(a0, a0, out var r0);
        AddProduct(ref h0, ref r0, d1, c4);
        AddProduct(ref h0, ref r0, d2, c3);

        var h1 = Math.BigMul(d0, a1, out var r1);
        AddProduct(ref h1, ref r1, d2, c4);
        AddProduct(ref h1, ref r1, a3, c3);

        var h2 = Math.BigMul(d0, a2, out var r2);
        AddProduct(ref h2, ref r2, a1, a1);
        AddProduct(ref h2, ref r2, 2 * a3, c4);

        var h3 = Math.BigMul(d0, a3, out var r3);
        AddProduct(ref h3, ref r3, d1, a2);
        AddProduct(ref h3, ref r3, a4, c4);

        var h4 = Math.BigMul(d0, a4, out var r4);
        AddProduct(ref h4, ref r4, d1, a3);
        AddProduct(ref h4, ref r4, a2, a2);

        square = Fold(h0, r0, h1, r1, h2, r2, h3, r3, h4, r4);
    }

    /// <summary>The inverse, a^(p-2); zero has none and gives zero.</summary>
    public static void Invert(in FieldElement a, out FieldElement inverse)
    {
        Ladder(a, out var a11, out var power);
        SquareTimes(power, 5, out power);
        Multiply(power, a11, out inverse);
    }

    /// <summary>a^((p-5)/8), from which roots are made (RFC 8032, 5.1.3).</summary>
    public static void PowerForRoot(in FieldElement a, out FieldElement result)
    {
        Ladder(a, out _, out var power);
        SquareTimes(power, 2, out power);
        Multiply(power, a, out result);
    }

    // a^11 and a^(2^250 - 1).
    private static void Ladder(in FieldElement a, out FieldElement a11, out FieldElement a250)
    {
        Square(a, out var a2);
        SquareTimes(a2, 2, out var t);
        Multiply(t, a, out var a9);
        Multiply(a9, a2, out a11);
        Square(a11, out t);
        Multiply(t, a9, out var x5);
        Step(x5, 5, x5, out var x10);
        Step(x10, 10, x10, out var x20);
        Step(x20, 20, x20, out var x40);
        Step(x40, 10, x10, out var x50);
        Step(x50, 50, x50, out var x100);
        Step(x100, 100, x100, out var x200);
        Step(x200, 50, x50, out a250);
    }

    private static void Step(in FieldElement a, int squarings, in FieldElement factor, out FieldElement result)
    {
        SquareTimes(a, squarings, out var power);
        Multiply(power, factor, out result);
    }

    private static void SquareTimes(in FieldElement a, int times, out FieldElement result)
    {
        result = a;
        for (var i = 0; i < times; i++)
        {
            Square(result, out result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ref ulong high, ref ulong low, ulong a, ulong b)
    {
        var h = Math.BigMul(a, b, out var l);
        low += l;
        high += h + Bit.Of(low < l);
    }

    // The carries of five 128-bit columns; 2^255 is 19.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Fold(
        ulong h0, ulong r0, ulong h1, ulong r1, ulong h2, ulong r2, ulong h3, ulong r3, ulong h4, ulong r4)
    {
        AddCarry(ref h1, ref r1, (h0 << 13) | (r0 >> 51));
        AddCarry(ref h2, ref r2, (h1 << 13) | (r1 >> 51));
        AddCarry(ref h3, ref r3, (h2 << 13) | (r2 >> 51));
        AddCarry(ref h4, ref r4, (h3 << 13) | (r3 >> 51));
        var l0 = (r0 & Mask) + (19 * ((h4 << 13) | (r4 >> 51)));
        return new(l0 & Mask, (r1 & Mask) + (l0 >> 51), r2 & Mask, r3 & Mask, r4 & Mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCarry(ref ulong high, ref ulong low, ulong carry)
    {
        low += carry;
        high += Bit.Of(low < carry);
    }
}
