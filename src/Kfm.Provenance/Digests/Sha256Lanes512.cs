using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kfm.Provenance.Digests;

/// <summary>Sixteen messages at once, by AVX-512.</summary>
internal readonly struct Sha256Lanes512 : ISha256Lanes<Vector512<uint>>
{
    // vpternlog tables: bit i is the result for the three input bits of i.
    private const byte XorOfThree = 0x96;
    private const byte FirstChooses = 0xCA;
    private const byte MajorityOfThree = 0xE8;

    public static int Count => 16;

    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint word) => Vector512.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Choose(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, FirstChooses);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Majority(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, MajorityOfThree);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> BigSigma0(Vector512<uint> x) =>
        Xor(Avx512F.RotateRight(x, 2), Avx512F.RotateRight(x, 13), Avx512F.RotateRight(x, 22));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> BigSigma1(Vector512<uint> x) =>
        Xor(Avx512F.RotateRight(x, 6), Avx512F.RotateRight(x, 11), Avx512F.RotateRight(x, 25));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> SmallSigma0(Vector512<uint> x) =>
        Xor(Avx512F.RotateRight(x, 7), Avx512F.RotateRight(x, 18), Avx512F.ShiftRightLogical(x, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> SmallSigma1(Vector512<uint> x) =>
        Xor(Avx512F.RotateRight(x, 17), Avx512F.RotateRight(x, 19), Avx512F.ShiftRightLogical(x, 10));

    // Lane order within the steps: columns of four lanes first, then their quarters.
    public static void Transpose(ref byte blocks, ref Vector512<uint> words)
    {
        for (var i = 0; i < 16; i += 4)
        {
            var (a, b, c, d) = (Row(ref blocks, i), Row(ref blocks, i + 1), Row(ref blocks, i + 2), Row(ref blocks, i + 3));
            var (low1, high1) = (Avx512F.UnpackLow(a, b).AsUInt64(), Avx512F.UnpackHigh(a, b).AsUInt64());
            var (low2, high2) = (Avx512F.UnpackLow(c, d).AsUInt64(), Avx512F.UnpackHigh(c, d).AsUInt64());
            Unsafe.Add(ref words, i) = Avx512F.UnpackLow(low1, low2).AsUInt32();
            Unsafe.Add(ref words, i + 1) = Avx512F.UnpackHigh(low1, low2).AsUInt32();
            Unsafe.Add(ref words, i + 2) = Avx512F.UnpackLow(high1, high2).AsUInt32();
            Unsafe.Add(ref words, i + 3) = Avx512F.UnpackHigh(high1, high2).AsUInt32();
        }

        for (var i = 0; i < 4; i++)
        {
            ref var first = ref Unsafe.Add(ref words, i);
            Quarters(ref first, ref Unsafe.Add(ref first, 4), ref Unsafe.Add(ref first, 8), ref Unsafe.Add(ref first, 12));
        }
    }

    private static void Quarters(ref Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> c, ref Vector512<uint> d)
    {
        var (even1, odd1) = (Avx512F.Shuffle4x128(a, b, 0x88), Avx512F.Shuffle4x128(a, b, 0xDD));
        var (even2, odd2) = (Avx512F.Shuffle4x128(c, d, 0x88), Avx512F.Shuffle4x128(c, d, 0xDD));
        a = Avx512F.Shuffle4x128(even1, even2, 0x88);
        b = Avx512F.Shuffle4x128(odd1, odd2, 0x88);
        c = Avx512F.Shuffle4x128(even1, even2, 0xDD);
        d = Avx512F.Shuffle4x128(odd1, odd2, 0xDD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Row(ref byte blocks, int lane)
    {
        var swap = Vector512.Create(Vector256.Create(Sha256Lanes256.SwapBytes, Sha256Lanes256.SwapBytes), Vector256.Create(Sha256Lanes256.SwapBytes, Sha256Lanes256.SwapBytes));
        return Avx512BW.Shuffle(Vector512.LoadUnsafe(ref blocks, (nuint)(64 * lane)), swap).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y, Vector512<uint> z) => Avx512F.TernaryLogic(x, y, z, XorOfThree);
}
