using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>An element of the field of integers modulo p = 2^255 - 19, in five limbs of 51 bits.</summary>
/// <remarks>
/// "Reduced" limbs are below 2^51 + 2^13: what products and <see cref="Carry"/> give. Sums of two reduced elements and differences stay below 2^54,
/// which is what a product takes. No operation branches on, or indexes by, a value.
/// </remarks>
internal readonly partial struct FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
{
    private const ulong Mask = (1UL << 51) - 1;

    // Four times p: what is added before a subtraction, so that no limb falls below zero.
    private const ulong Bias0 = 4 * ((1UL << 51) - 19);
    private const ulong Bias = 4 * Mask;
    private readonly ulong _0 = l0;
    private readonly ulong _1 = l1;
    private readonly ulong _2 = l2;
    private readonly ulong _3 = l3;
    private readonly ulong _4 = l4;

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>The constant d of the curve, -121665/121666 (RFC 8032, 5.1).</summary>
    public static FieldElement D => new(0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff);

    /// <summary>Twice d.</summary>
    public static FieldElement TwoD => new(0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff);

    /// <summary>A square root of -1: 2^((p-1)/4).</summary>
    public static FieldElement RootOfMinusOne => new(0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d);

    /// <summary>Reads 32 bytes, little-endian; the highest bit is ignored and a value from p on is reduced.</summary>
    public static FieldElement FromBytes(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        var (c, d) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return new(
            a & Mask,
            ((a >> 51) | (b << 13)) & Mask,
            ((b >> 38) | (c << 26)) & Mask,
            ((c >> 25) | (d << 39)) & Mask,
            (d >> 12) & Mask);
    }

    /// <summary>Writes the value below p in 32 bytes, little-endian.</summary>
    public void ToBytes(Span<byte> bytes)
    {
        Carry(this, out var r);
        Carry(r, out r);

        // Now below 2^255 + a little; the quotient by p is 0 or 1.
        var q = (r._0 + 19) >> 51;
        q = (r._1 + q) >> 51;
        q = (r._2 + q) >> 51;
        q = (r._3 + q) >> 51;
        q = (r._4 + q) >> 51;
        var x0 = r._0 + (19 * q);
        var x1 = r._1 + (x0 >> 51);
        var x2 = r._2 + (x1 >> 51);
        var x3 = r._3 + (x2 >> 51);
        var x4 = (r._4 + (x3 >> 51)) & Mask;
        (x0, x1, x2, x3) = (x0 & Mask, x1 & Mask, x2 & Mask, x3 & Mask);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, x0 | (x1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (x1 >> 13) | (x2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (x2 >> 26) | (x3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (x3 >> 39) | (x4 << 12));
    }

    /// <summary>The sum, not reduced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in FieldElement a, in FieldElement b, out FieldElement sum) =>
        sum = new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    /// <summary>The difference, not reduced; the limbs of <paramref name="b"/> are below 2^53 - 76.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in FieldElement a, in FieldElement b, out FieldElement difference) =>
        difference = new(a._0 + Bias0 - b._0, a._1 + Bias - b._1, a._2 + Bias - b._2, a._3 + Bias - b._3, a._4 + Bias - b._4);

    /// <summary>The same value with reduced limbs.</summary>
    public static void Carry(in FieldElement a, out FieldElement reduced) => reduced = new(
        (a._0 & Mask) + (19 * (a._4 >> 51)),
        (a._1 & Mask) + (a._0 >> 51),
        (a._2 & Mask) + (a._1 >> 51),
        (a._3 & Mask) + (a._2 >> 51),
        (a._4 & Mask) + (a._3 >> 51));

    /// <summary>The negated value, reduced.</summary>
    public static void Negate(in FieldElement a, out FieldElement negated)
    {
        Carry(a, out var small);
        Subtract(default, small, out var wide);
        Carry(wide, out negated);
    }

    /// <summary><paramref name="other"/> where <paramref name="mask"/> is all ones, this where it is zero; in constant time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Select(in FieldElement other, ulong mask) => new(
        _0 ^ ((_0 ^ other._0) & mask),
        _1 ^ ((_1 ^ other._1) & mask),
        _2 ^ ((_2 ^ other._2) & mask),
        _3 ^ ((_3 ^ other._3) & mask),
        _4 ^ ((_4 ^ other._4) & mask));

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero()
    {
        Span<byte> bytes = stackalloc byte[32];
        ToBytes(bytes);
        return !bytes.ContainsAnyExcept((byte)0);
    }

    /// <summary>The lowest bit of the value below p: the "sign" of RFC 8032, 5.1.2.</summary>
    public bool IsOdd()
    {
        Span<byte> bytes = stackalloc byte[32];
        ToBytes(bytes);
        return (bytes[0] & 1) != 0;
    }
}
