using System.Buffers.Binary;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>Integers modulo the order L = 2^252 + c of the base point, in four little-endian words. Reduction takes the same steps for all values.</summary>
internal static class Scalar
{
    /// <summary>Words of a scalar.</summary>
    public const int Words = 4;

    private static ReadOnlySpan<ulong> Order => [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    // c = L - 2^252.
    private static ReadOnlySpan<ulong> Rest => [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6];

    /// <summary>Reads 32 bytes, little-endian, as they are.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Span<ulong> scalar)
    {
        for (var i = 0; i < scalar.Length; i++)
        {
            scalar[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
    }

    /// <summary>Writes 32 bytes, little-endian.</summary>
    public static void Write(ReadOnlySpan<ulong> scalar, Span<byte> bytes)
    {
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], scalar[i]);
        }
    }

    /// <summary>Whether the value is below L, as RFC 8032, 5.1.7, demands of S.</summary>
    public static bool IsCanonical(ReadOnlySpan<ulong> scalar)
    {
        Span<ulong> difference = stackalloc ulong[Words];
        scalar.CopyTo(difference);
        return Subtract(difference, Order) != 0;
    }

    /// <summary>The remainder of 64 bytes, little-endian.</summary>
    public static void Reduce(ReadOnlySpan<byte> bytes, Span<ulong> scalar)
    {
        Span<ulong> wide = stackalloc ulong[2 * Words];
        Read(bytes, wide);
        Reduce(wide, scalar);
        wide.Clear();
    }

    /// <summary>The remainder of <paramref name="a"/> times <paramref name="b"/> plus <paramref name="c"/>; all are below 2^255.</summary>
    public static void MultiplyAdd(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, ReadOnlySpan<ulong> c, Span<ulong> result)
    {
        Span<ulong> wide = stackalloc ulong[2 * Words];
        Multiply(a, b, wide);
        Add(wide, c);
        Reduce(wide, result);
        wide.Clear();
    }

    // 2^252 is -c: x0 + 2^252 x1 is x0 - c x1, and so on with what c x1 has above 2^252.
    private static void Reduce(ReadOnlySpan<ulong> wide, Span<ulong> scalar)
    {
        Span<ulong> high = stackalloc ulong[5];
        Span<ulong> product = stackalloc ulong[7];
        Span<ulong> low = stackalloc ulong[Words];
        scalar.Clear();
        Add(scalar, Order);
        Add(scalar, Order);
        Split(wide, low, high);
        Add(scalar, low);

        Multiply(high, Rest, product);
        Split(product, low, high);
        Subtract(scalar, low);

        Multiply(high, Rest, product);
        Split(product, low, high);
        Add(scalar, low);

        Multiply(high, Rest, product);
        Subtract(scalar, product[..Words]);

        // Between 0 and 2L + 2^253 < 4L + L.
        for (var i = 0; i < 4; i++)
        {
            SubtractOnce(scalar);
        }

        high.Clear();
        product.Clear();
        low.Clear();
    }

    private static void SubtractOnce(Span<ulong> scalar)
    {
        Span<ulong> difference = stackalloc ulong[Words];
        scalar.CopyTo(difference);
        var keep = 0UL - Subtract(difference, Order);
        for (var i = 0; i < Words; i++)
        {
            scalar[i] = difference[i] ^ ((difference[i] ^ scalar[i]) & keep);
        }

        difference.Clear();
    }

    // The lowest 252 bits, and what is above them.
    private static void Split(ReadOnlySpan<ulong> value, Span<ulong> low, Span<ulong> high)
    {
        value[..Words].CopyTo(low);
        low[3] &= 0x0fffffffffffffff;
        high.Clear();
        for (var i = 3; i < value.Length; i++)
        {
            high[i - 3] = (value[i] >> 60) | (i + 1 < value.Length ? value[i + 1] << 4 : 0);
        }
    }

    private static void Multiply(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> product)
    {
        product.Clear();
        for (var i = 0; i < a.Length; i++)
        {
            var carry = 0UL;
            for (var j = 0; j < b.Length; j++)
            {
                var high = Math.BigMul(a[i], b[j], out var low);
                low += carry;
                high += Bit.Of(low < carry);
                product[i + j] += low;
                carry = high + Bit.Of(product[i + j] < low);
            }

            product[i + b.Length] = carry;
        }
    }

    private static void Add(Span<ulong> value, ReadOnlySpan<ulong> other)
    {
        var carry = 0UL;
        for (var i = 0; i < value.Length; i++)
        {
            var term = i < other.Length ? other[i] : 0;
            var sum = value[i] + term;
            var first = Bit.Of(sum < term);
            value[i] = sum + carry;
            carry = first + Bit.Of(value[i] < carry);
        }
    }

    // Returns the borrow.
    private static ulong Subtract(Span<ulong> value, ReadOnlySpan<ulong> other)
    {
        var borrow = 0UL;
        for (var i = 0; i < value.Length; i++)
        {
            var difference = value[i] - other[i];
            var first = Bit.Of(value[i] < other[i]);
            value[i] = difference - borrow;
            borrow = first + Bit.Of(difference < borrow);
        }

        return borrow;
    }
}
