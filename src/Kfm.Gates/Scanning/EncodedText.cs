using System.Buffers;
using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Instructions in base64, hexadecimal digits or percent signs: blocks that decode to text are looked at once more.</summary>
internal static class EncodedText
{
    private const int ShortestBlock = 24;
    private const int LongestBlock = 1 << 20;
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The findings <c>encoded</c>.</summary>
    public static IEnumerable<InjectionFinding> Find(string text)
    {
        var lines = new LineIndex(text);
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '/' or '-' or '_' or '='))
            {
                end++;
            }

            if (end - i is >= ShortestBlock and <= LongestBlock && IsInstruction(text.AsSpan(i, end - i)))
            {
                yield return new InjectionFinding("encoded", lines.Number(i));
            }

            i = end + 1;
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            var plain = new HashSet<InjectionFinding>(InjectionScanner.Phrases(text));
            foreach (var finding in InjectionScanner.Phrases(Uri.UnescapeDataString(text)).Where(f => !plain.Contains(f)))
            {
                yield return finding with { Rule = "encoded" };
            }
        }
    }

    private static bool IsInstruction(ReadOnlySpan<char> block) =>
        (Decode(block) is { } decoded && IsText(decoded) && InjectionScanner.Phrases(Encoding.UTF8.GetString(decoded)).Any())
        || (IsHexadecimal(block) && Convert.FromHexString(block) is var bytes && IsText(bytes) && InjectionScanner.Phrases(Encoding.UTF8.GetString(bytes)).Any());

    private static bool IsHexadecimal(ReadOnlySpan<char> block) => block.Length % 2 == 0 && !block.ContainsAnyExcept(HexadecimalDigits);

    private static byte[]? Decode(ReadOnlySpan<char> block)
    {
        var standard = block.TrimEnd('=').ToString().Replace('-', '+').Replace('_', '/');
        standard = standard[..(standard.Length - (standard.Length % 4 == 1 ? 1 : 0))];
        var bytes = new byte[standard.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var written) ? bytes[..written] : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var plain = 0;
        foreach (var b in bytes)
        {
            plain += b is (byte)'\n' or (byte)'\t' or (byte)'\r' or (>= 0x20 and < 0x7F) ? 1 : 0;
        }

        return bytes.Length > 0 && plain * 20 >= bytes.Length * 19;
    }
}
