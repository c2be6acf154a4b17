namespace Kfm.Provenance.Signing;

/// <summary>Base64 (RFC 4648) with exactly one text for each byte sequence: padded, no white space, unused bits zero.</summary>
internal static class StrictBase64
{
    /// <summary>Decodes the standard alphabet (section 4).</summary>
    /// <returns>The bytes, or null when the text is not the encoding of any.</returns>
    internal static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, bytes, out var length))
        {
            return null;
        }

        // The platform skips white space and ignores unused bits; the way back shows both.
        var again = Convert.ToBase64String(bytes.AsSpan(0, length));
        return text.SequenceEqual(again) ? bytes[..length] : null;
    }

    /// <summary>Decodes the standard (section 4) or the URL-safe alphabet (section 5), but not a mixture.</summary>
    internal static byte[]? DecodeEither(string text)
    {
        if (text.AsSpan().IndexOfAny('-', '_') < 0)
        {
            return Decode(text);
        }

        return text.AsSpan().IndexOfAny('+', '/') < 0 ? Decode(text.Replace('-', '+').Replace('_', '/')) : null;
    }
}
