using System.Buffers;
using System.Buffers.Text;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>
/// Base64 (RFC 4648) in UTF-8: the padded standard alphabet, or URL-safe with or without padding; unused bits are zero. Line ends are
/// passed over, because clients take them from tools that wrap lines.
/// </summary>
internal static class Base64Text
{
    /// <summary>Decodes into an array of its own; null when the text is not base64.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny((byte)'\r', (byte)'\n'))
        {
            return Decode(WithoutLineEnds(text));
        }

        var bytes = new byte[Length(text)];
        return TryDecode(text, bytes, out var written) && written == bytes.Length ? bytes : null;
    }

    /// <summary>How many bytes a well-formed text decodes to.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var digits = text.EndsWith("=="u8) ? text.Length - 2 : text.EndsWith("="u8) ? text.Length - 1 : text.Length;
        return (int)(digits * 3L / 4);
    }

    /// <summary>Decodes a text in one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="written">How many bytes were written.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.ContainsAny(" \t\r\n"u8))
        {
            return false;
        }

        if (text.ContainsAny("-_"u8))
        {
            return !text.ContainsAny("+/"u8) && Base64Url.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done && IsUrlTail(text, bytes[..written]);
        }

        if (text.Length % 4 != 0)
        {
            // Without a character that tells the alphabets apart, missing padding says URL-safe.
            return !text.ContainsAny("+/="u8) && Base64Url.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done && IsUrlTail(text, bytes[..written]);
        }

        return Base64.DecodeFromUtf8(text, bytes, out _, out written) == OperationStatus.Done && IsTail(text, bytes[..written]);
    }

    private static byte[] WithoutLineEnds(ReadOnlySpan<byte> text)
    {
        var line = new byte[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            line[length] = letter;
            length += letter is (byte)'\r' or (byte)'\n' ? 0 : 1;
        }

        return line[..length];
    }

    // Unused bits must be zero: the last group is written again.
    private static bool IsTail(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.Length % 3;
        Span<byte> group = stackalloc byte[4];
        return rest == 0 || (Base64.EncodeToUtf8(bytes[^rest..], group, out _, out _) == OperationStatus.Done && text.EndsWith(group));
    }

    private static bool IsUrlTail(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.Length % 3;
        Span<byte> group = stackalloc byte[4];
        text = text.TrimEnd((byte)'=');
        return rest == 0 || text.EndsWith(group[..Base64Url.EncodeToUtf8(bytes[^rest..], group)]);
    }
}
