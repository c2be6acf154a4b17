using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kfm.Provenance.Digests;

/// <summary>The compression function of SHA-256 (FIPS 180-4 section 6.2.2), one block of every lane at once.</summary>
internal static class Sha256Compression<TLanes, TVector>
    where TLanes : struct, ISha256Lanes<TVector>
    where TVector : unmanaged
{
    private const int HalfSchedule = 8;

    /// <summary>Takes one block of each lane into the state.</summary>
    /// <param name="state">Eight vectors: a to h.</param>
    /// <param name="words">The sixteen vectors of the message schedule; overwritten.</param>
    public static void Compress(Span<TVector> state, Span<TVector> words)
    {
        ref var w = ref MemoryMarshal.GetReference(words[..16]);
        ref var k = ref MemoryMarshal.GetReference(Sha256Constants.Rounds);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var t = 0; t < 64; t += HalfSchedule)
        {
            var half = t & HalfSchedule;
            ref var wt = ref Unsafe.Add(ref w, half);
            ref var kt = ref Unsafe.Add(ref k, t);
            Round(a, b, c, ref d, e, f, g, ref h, wt, kt);
            Round(h, a, b, ref c, d, e, f, ref g, Unsafe.Add(ref wt, 1), Unsafe.Add(ref kt, 1));
            Round(g, h, a, ref b, c, d, e, ref f, Unsafe.Add(ref wt, 2), Unsafe.Add(ref kt, 2));
            Round(f, g, h, ref a, b, c, d, ref e, Unsafe.Add(ref wt, 3), Unsafe.Add(ref kt, 3));
            Round(e, f, g, ref h, a, b, c, ref d, Unsafe.Add(ref wt, 4), Unsafe.Add(ref kt, 4));
            Round(d, e, f, ref g, h, a, b, ref c, Unsafe.Add(ref wt, 5), Unsafe.Add(ref kt, 5));
            Round(c, d, e, ref f, g, h, a, ref b, Unsafe.Add(ref wt, 6), Unsafe.Add(ref kt, 6));
            Round(b, c, d, ref e, f, g, h, ref a, Unsafe.Add(ref wt, 7), Unsafe.Add(ref kt, 7));
            if (t < 48)
            {
                Extend(ref w, half);
            }
        }

        (state[0], state[1], state[2], state[3]) = (TLanes.Add(state[0], a), TLanes.Add(state[1], b), TLanes.Add(state[2], c), TLanes.Add(state[3], d));
        (state[4], state[5], state[6], state[7]) = (TLanes.Add(state[4], e), TLanes.Add(state[5], f), TLanes.Add(state[6], g), TLanes.Add(state[7], h));
    }

    // The words sixteen rounds ahead replace those that were used; indexes go round the sixteen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(ref TVector w, int from)
    {
        for (var i = from; i < from + HalfSchedule; i++)
        {
            var sum = TLanes.Add(Unsafe.Add(ref w, i), Unsafe.Add(ref w, (i + 9) & 15));
            var sigmas = TLanes.Add(TLanes.SmallSigma0(Unsafe.Add(ref w, (i + 1) & 15)), TLanes.SmallSigma1(Unsafe.Add(ref w, (i + 14) & 15)));
            Unsafe.Add(ref w, i) = TLanes.Add(sum, sigmas);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        TVector a, TVector b, TVector c, ref TVector d, TVector e, TVector f, TVector g, ref TVector h, TVector word, uint constant)
    {
        var input = TLanes.Add(TLanes.Add(h, TLanes.Broadcast(constant)), word);
        var t1 = TLanes.Add(TLanes.Add(input, TLanes.Choose(e, f, g)), TLanes.BigSigma1(e));
        d = TLanes.Add(d, t1);
        h = TLanes.Add(t1, TLanes.Add(TLanes.BigSigma0(a), TLanes.Majority(a, b, c)));
    }
}
