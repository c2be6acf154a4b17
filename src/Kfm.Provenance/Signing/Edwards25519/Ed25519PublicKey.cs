namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A public key of Ed25519 (RFC 8032, 5.1), with what every verification needs of it.</summary>
internal sealed class Ed25519PublicKey
{
    /// <summary>Bytes of a public key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    private const int Width = 6;
    private readonly CachedPoint[] _negated;
    private readonly byte[] _bytes;

    private Ed25519PublicKey(ReadOnlySpan<byte> bytes, in EdwardsPoint point)
    {
        _bytes = bytes.ToArray();
        _negated = CachedPoint.OddMultiples(point.Negated(), 1 << (Width - 2));
    }

    /// <summary>The encoded point.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a key.</summary>
    /// <returns>Null when the bytes are no point in its only encoding, or a point of small order, under which anyone can sign.</returns>
    public static Ed25519PublicKey? TryRead(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length && EdwardsPoint.TryDecode(bytes, out var point) && !point.HasSmallOrder()
            ? new Ed25519PublicKey(bytes, point)
            : null;

    /// <summary>
    /// Whether the signature is this key's (RFC 8032, 5.1.7, by the equation without the cofactor): S is below L and the encoding of
    /// S B - k A is the first half of the signature, which therefore is canonical.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        Span<ulong> s = stackalloc ulong[Scalar.Words];
        Scalar.Read(signature[32..], s);
        if (!Scalar.IsCanonical(s))
        {
            return false;
        }

        Span<ulong> k = stackalloc ulong[Scalar.Words];
        Ed25519PrivateKey.HashToScalar(signature[..32], _bytes, data, k);
        Span<byte> r = stackalloc byte[32];
        SumOfMultiples(s, k).Encode(r);
        return r.SequenceEqual(signature[..32]);
    }

    // s B - k A by Straus' method: one chain of doublings for both.
    private EdwardsPoint SumOfMultiples(ReadOnlySpan<ulong> s, ReadOnlySpan<ulong> k)
    {
        Span<sbyte> ofBase = stackalloc sbyte[SlidingDigits.Count];
        Span<sbyte> ofKey = stackalloc sbyte[SlidingDigits.Count];
        SlidingDigits.Write(s, BaseTables.Width, ofBase);
        SlidingDigits.Write(k, Width, ofKey);
        var table = BaseTables.OddMultiples;
        var at = SlidingDigits.Count - 1;
        while (at > 0 && ofBase[at] == 0 && ofKey[at] == 0)
        {
            at--;
        }

        var (x, y, z) = (FieldElement.Zero, FieldElement.One, FieldElement.One);
        for (; at >= 0; at--)
        {
            EdwardsPoint.Doubling(x, y, z, out var sum);
            if (ofKey[at] != 0)
            {
                sum.ToPoint(out var point);
                AddDigit(_negated, ofKey[at], point, out sum);
            }

            if (ofBase[at] != 0)
            {
                sum.ToPoint(out var point);
                AddDigit(table, ofBase[at], point, out sum);
            }

            sum.ToProjective(out x, out y, out z);
        }

        return new EdwardsPoint(x, y, z, FieldElement.Zero);
    }

    private static void AddDigit(CachedPoint[] table, int digit, in EdwardsPoint point, out PointSum sum)
    {
        if (digit > 0)
        {
            table[digit / 2].AddTo(point, out sum);
        }
        else
        {
            table[-digit / 2].SubtractFrom(point, out sum);
        }
    }

    private static void AddDigit(AffinePoint[] table, int digit, in EdwardsPoint point, out PointSum sum)
    {
        if (digit > 0)
        {
            table[digit / 2].AddTo(point, out sum);
        }
        else
        {
            table[-digit / 2].SubtractFrom(point, out sum);
        }
    }
}
