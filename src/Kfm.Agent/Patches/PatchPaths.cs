using System.Text;

namespace Kfm.Agent.Patches;

/// <summary>Reads the paths of a patch: plain, or in quotes with the escapes of C (git's quote.c).</summary>
internal static class PatchPaths
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the path of a <c>---</c>, <c>+++</c>, <c>rename</c> or <c>copy</c> line, the whole rest of the line.</summary>
    /// <param name="text">The rest of the line.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="tabEnds">Whether an unquoted path may be followed by a tab, as on <c>---</c> lines.</param>
    public static byte[] Read(ReadOnlySpan<byte> text, int line, bool tabEnds)
    {
        if (text.StartsWith("\""u8))
        {
            var path = ReadQuoted(text, line, out var length);
            return text.Length == length ? path : throw new PatchFormatException("text follows a quoted path", line);
        }

        var tab = text.IndexOf((byte)'\t');
        if (tab >= 0)
        {
            // git puts one tab after a path with spaces, so that a reader does not take a date for a part of it.
            return tabEnds && tab == text.Length - 1 ? text[..tab].ToArray() : throw new PatchFormatException("a tab in a path must be quoted", line);
        }

        return text.ToArray();
    }

    /// <summary>Reads a quoted path at the start of a text.</summary>
    public static byte[] ReadQuoted(ReadOnlySpan<byte> text, int line, out int length)
    {
        var path = new List<byte>(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    length = i + 1;
                    return [.. path];
                case (byte)'\\':
                    path.Add(ReadEscape(text, ref i, line));
                    break;
                default:
                    path.Add(text[i]);
                    break;
            }
        }

        throw new PatchFormatException("a quoted path does not end", line);
    }

    /// <summary>The text of a path.</summary>
    public static string Decode(ReadOnlySpan<byte> path, int line, PatchLimits limits)
    {
        if (path.Length > limits.PathBytes)
        {
            throw new PatchFormatException($"a path has more than {limits.PathBytes} bytes", line);
        }

        try
        {
            return StrictUtf8.GetString(path);
        }
        catch (DecoderFallbackException)
        {
            throw new PatchFormatException("a path is not UTF-8", line);
        }
    }

    private static byte ReadEscape(ReadOnlySpan<byte> text, ref int i, int line)
    {
        i++;
        var c = i < text.Length ? text[i] : (byte)0;
        if (c is >= (byte)'0' and <= (byte)'3' && i + 2 < text.Length && IsOctal(text[i + 1]) && IsOctal(text[i + 2]))
        {
            var value = ((c - '0') << 6) | ((text[i + 1] - '0') << 3) | (text[i + 2] - '0');
            i += 2;
            return (byte)value;
        }

        return c switch
        {
            (byte)'a' => 7,
            (byte)'b' => 8,
            (byte)'t' => 9,
            (byte)'n' => 10,
            (byte)'v' => 11,
            (byte)'f' => 12,
            (byte)'r' => 13,
            (byte)'"' or (byte)'\\' => c,
            _ => throw new PatchFormatException("a quoted path has an unknown escape", line),
        };
    }

    private static bool IsOctal(byte c) => c is >= (byte)'0' and <= (byte)'7';
}
