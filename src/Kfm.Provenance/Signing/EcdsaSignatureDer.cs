namespace Kfm.Provenance.Signing;

/// <summary>Reads the DER form of ECDSA signatures (RFC 3279, 2.2.3) in its one encoding; the platform takes lengths that DER forbids.</summary>
internal static class EcdsaSignatureDer
{
    /// <summary>Bytes of r and s over the widest curve.</summary>
    public const int MaxFixedLength = 132;

    /// <summary>Writes r and s one after the other, each in half of <paramref name="fixedForm"/>.</summary>
    /// <returns>False when the bytes are not a sequence of two positive integers of at most that width in DER.</returns>
    public static bool TryRead(ReadOnlySpan<byte> der, Span<byte> fixedForm)
    {
        var half = fixedForm.Length / 2;
        return TryTake(ref der, 0x30, out var content) && der.IsEmpty
            && TryTake(ref content, 0x02, out var r) && TryTake(ref content, 0x02, out var s) && content.IsEmpty
            && TryCopy(r, fixedForm[..half]) && TryCopy(s, fixedForm[half..]);
    }

    // A length from 128 to 255 has one byte more; no signature over a supported curve is longer.
    private static bool TryTake(ref ReadOnlySpan<byte> input, byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (input.Length < 2 || input[0] != tag)
        {
            return false;
        }

        var (length, start) = input[1] switch
        {
            < 0x80 => (input[1], 2),
            0x81 when input.Length > 2 && input[2] >= 0x80 => (input[2], 3),
            _ => (int.MaxValue, 0),
        };
        if (length > input.Length - start)
        {
            return false;
        }

        content = input.Slice(start, length);
        input = input[(start + length)..];
        return true;
    }

    private static bool TryCopy(ReadOnlySpan<byte> integer, Span<byte> target)
    {
        if (integer.IsEmpty || integer[0] >= 0x80 || (integer[0] == 0 && (integer.Length == 1 || integer[1] < 0x80)))
        {
            return false;
        }

        integer = integer[0] == 0 ? integer[1..] : integer;
        if (integer.Length > target.Length)
        {
            return false;
        }

        target.Clear();
        integer.CopyTo(target[^integer.Length..]);
        return true;
    }
}
