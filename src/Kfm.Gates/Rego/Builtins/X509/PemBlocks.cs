using System.Security.Cryptography;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>PEM, base64 of PEM, or base64 of DER: what the builtins of crypto.x509 take.</summary>
internal static class PemBlocks
{
    private const string Begin = "-----BEGIN";
    private const int MaxBlocks = 2_000;

    /// <summary>The text as PEM or, when it is none, the bytes that its base64 stands for.</summary>
    public static (string? Pem, byte[] Bytes) Decode(string builtin, string text)
    {
        if (text.StartsWith(Begin, StringComparison.Ordinal))
        {
            return (text, []);
        }

        var bytes = Base64(builtin, text);
        return bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Begin)) ? (Encoding.ASCII.GetString(bytes), bytes) : (null, bytes);
    }

    public static byte[] Base64(string builtin, string text)
    {
        var digits = text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var bytes = new byte[digits.Length];
        return Convert.TryFromBase64String(digits, bytes, out var length) && !digits.Any(char.IsWhiteSpace)
            ? bytes[..length]
            : throw BuiltinException.Failed(builtin, $"illegal base64 data at input byte {digits.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/').Count()}");
    }

    public static IEnumerable<(string Label, byte[] Content)> All(string pem)
    {
        List<(string Label, byte[] Content)> blocks = [];

        // Each beginning without an end is looked for up to the end of the text.
        if (pem.AsSpan().Count(Begin) > MaxBlocks)
        {
            throw BuiltinException.Failed("crypto.x509", $"the text has more than {MaxBlocks} PEM blocks");
        }

        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            blocks.Add((rest[found.Label].ToString(), Convert.FromBase64String(rest[found.Base64Data].ToString())));
            rest = rest[found.Location.End..];
        }

        return blocks;
    }
}
