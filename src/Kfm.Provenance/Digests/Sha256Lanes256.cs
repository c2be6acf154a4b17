using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kfm.Provenance.Digests;

/// <summary>Eight messages at once, by AVX2.</summary>
internal readonly struct Sha256Lanes256 : ISha256Lanes<Vector256<uint>>
{
    public static int Count => 8;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The byte order of a shuffle that makes four big-endian words.</summary>
    internal static Vector128<byte> SwapBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint word) => Vector256.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Choose(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => (x & (y ^ z)) ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Majority(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => (x & y) | ((x | y) & z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BigSigma0(Vector256<uint> x) => Rotate(x, 2) ^ Rotate(x, 13) ^ Rotate(x, 22);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> BigSigma1(Vector256<uint> x) => Rotate(x, 6) ^ Rotate(x, 11) ^ Rotate(x, 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> SmallSigma0(Vector256<uint> x) => Rotate(x, 7) ^ Rotate(x, 18) ^ (x >>> 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> SmallSigma1(Vector256<uint> x) => Rotate(x, 17) ^ Rotate(x, 19) ^ (x >>> 10);

    public static void Transpose(ref byte blocks, ref Vector256<uint> words)
    {
        for (var half = 0; half < 2; half++)
        {
            ref var to = ref Unsafe.Add(ref words, 8 * half);
            ref var from = ref Unsafe.Add(ref blocks, 32 * half);
            Columns(ref from, ref to, 0);
            Columns(ref from, ref to, 4);
            for (var i = 0; i < 4; i++)
            {
                var (a, b) = (Unsafe.Add(ref to, i), Unsafe.Add(ref to, i + 4));
                Unsafe.Add(ref to, i) = Avx2.Permute2x128(a, b, 0x20);
                Unsafe.Add(ref to, i + 4) = Avx2.Permute2x128(a, b, 0x31);
            }
        }
    }

    // Four lanes: word i of each, and word i + 4 in the upper half.
    private static void Columns(ref byte blocks, ref Vector256<uint> words, int lane)
    {
        var (a, b, c, d) = (Row(ref blocks, lane), Row(ref blocks, lane + 1), Row(ref blocks, lane + 2), Row(ref blocks, lane + 3));
        var (low1, high1) = (Avx2.UnpackLow(a, b).AsUInt64(), Avx2.UnpackHigh(a, b).AsUInt64());
        var (low2, high2) = (Avx2.UnpackLow(c, d).AsUInt64(), Avx2.UnpackHigh(c, d).AsUInt64());
        Unsafe.Add(ref words, lane) = Avx2.UnpackLow(low1, low2).AsUInt32();
        Unsafe.Add(ref words, lane + 1) = Avx2.UnpackHigh(low1, low2).AsUInt32();
        Unsafe.Add(ref words, lane + 2) = Avx2.UnpackLow(high1, high2).AsUInt32();
        Unsafe.Add(ref words, lane + 3) = Avx2.UnpackHigh(high1, high2).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Row(ref byte blocks, int lane) =>
        Avx2.Shuffle(Vector256.LoadUnsafe(ref blocks, (nuint)(64 * lane)), Vector256.Create(SwapBytes, SwapBytes)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte count) => (x >>> count) | (x << (32 - count));
}
