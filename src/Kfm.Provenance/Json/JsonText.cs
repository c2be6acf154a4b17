using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Kfm.Provenance.Json;

/// <summary>Escapes of JSON strings, RFC 8259 section 7 and RFC 8785 section 3.2.2.2.</summary>
internal static class JsonText
{
    /// <summary>Removes the escapes of a string.</summary>
    /// <param name="body">What stands between the quotes: well-formed UTF-8 with valid escapes.</param>
    /// <param name="text">Takes the text; never longer than <paramref name="body"/>.</param>
    /// <param name="bad">The offset of the surrogate that has no pair.</param>
    /// <returns>The length of the text, or -1 when a surrogate has no pair.</returns>
    public static int Unescape(ReadOnlySpan<byte> body, Span<byte> text, out int bad) => Rewrite(body, text, quote: false, out bad);

    /// <summary>Writes a string with its quotes and only the escapes of the canonical form.</summary>
    /// <param name="body">What stands between the quotes: well-formed UTF-8 with valid escapes.</param>
    /// <param name="quoted">Takes the quoted string; never longer than <paramref name="body"/> and two quotes.</param>
    /// <param name="bad">The offset of the surrogate that has no pair.</param>
    /// <returns>The length of the quoted string, or -1 when a surrogate has no pair.</returns>
    public static int Quote(ReadOnlySpan<byte> body, Span<byte> quoted, out int bad)
    {
        var length = Rewrite(body, quoted[1..], quote: true, out bad);
        if (length < 0)
        {
            return length;
        }

        quoted[0] = (byte)'"';
        quoted[length + 1] = (byte)'"';
        return length + 2;
    }

    private static int Rewrite(ReadOnlySpan<byte> body, Span<byte> output, bool quote, out int bad)
    {
        var (at, written) = (0, 0);
        while (at < body.Length)
        {
            var run = body[at..].IndexOf((byte)'\\');
            run = run < 0 ? body.Length - at : run;
            body.Slice(at, run).CopyTo(output[written..]);
            (at, written) = (at + run, written + run);
            if (at == body.Length)
            {
                break;
            }

            var used = Decode(body[at..], out var rune);
            if (used == 0)
            {
                bad = at;
                return -1;
            }

            written += quote ? WriteEscaped(rune, output[written..]) : rune.EncodeToUtf8(output[written..]);
            at += used;
        }

        bad = 0;
        return written;
    }

    // The length of the escape, a pair of surrogates counted as one; 0 when a surrogate has no pair.
    private static int Decode(ReadOnlySpan<byte> escape, out Rune rune)
    {
        if (escape[1] != 'u')
        {
            rune = new Rune(escape[1] switch
            {
                (byte)'b' => '\b',
                (byte)'t' => '\t',
                (byte)'n' => '\n',
                (byte)'f' => '\f',
                (byte)'r' => '\r',
                var other => (char)other,
            });
            return 2;
        }

        var high = Hex(escape[2..6]);
        if (Rune.TryCreate(high, out rune))
        {
            return 6;
        }

        return escape.Length >= 12 && escape[6] == '\\' && escape[7] == 'u' && Rune.TryCreate(high, Hex(escape[8..12]), out rune) ? 12 : 0;
    }

    private static char Hex(ReadOnlySpan<byte> digits)
    {
        _ = Utf8Parser.TryParse(digits, out ushort value, out _, 'x');
        return (char)value;
    }

    private static int WriteEscaped(Rune rune, Span<byte> output)
    {
        var letter = rune.Value switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => '\0',
        };
        if (letter != '\0')
        {
            output[0] = (byte)'\\';
            output[1] = (byte)letter;
            return 2;
        }

        if (rune.Value >= ' ')
        {
            return rune.EncodeToUtf8(output);
        }

        "\\u00"u8.CopyTo(output);
        ((byte)rune.Value).TryFormat(output[4..], out _, "x2", null);
        return 6;
    }
}
