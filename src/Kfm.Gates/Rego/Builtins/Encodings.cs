using System.Buffers;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>base64, base64url, hex.</summary>
internal static class Encodings
{
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("base64.encode", 1, static (_, a) => new RegoString(Convert.ToBase64String(Bytes("base64.encode", a))));
        add("base64.decode", 1, static (_, a) => FromBase64("base64.decode", Operand.Text("base64.decode", a, 0)));
        add("base64.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && TryBase64(s.Text) is not null));
        add("base64url.encode", 1, static (_, a) => new RegoString(Url(Bytes("base64url.encode", a))));
        add("base64url.encode_no_pad", 1, static (_, a) => new RegoString(Url(Bytes("base64url.encode_no_pad", a)).TrimEnd('=')));
        add("base64url.decode", 1, FromBase64Url);
        add("hex.encode", 1, static (_, a) => new RegoString(Convert.ToHexStringLower(Bytes("hex.encode", a))));
        add("hex.decode", 1, FromHex);
    }

    internal static byte[] Bytes(string builtin, RegoValue[] a) => Utf8.GetBytes(Operand.Text(builtin, a, 0));

    internal static byte[]? TryBase64(string text)
    {
        var compact = text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        if (compact.AsSpan().ContainsAny(" \t"))
        {
            return null;
        }

        var buffer = new byte[(compact.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(compact, buffer, out var length) ? buffer[..length] : null;
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private static RegoString FromBase64(string builtin, string text) => TryBase64(text) is { } bytes
        ? new RegoString(Encoding.UTF8.GetString(bytes))
        : throw BuiltinException.Failed(builtin, "illegal base64 data at input byte " + FirstBad(text));

    private static string FirstBad(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Base64);
        return (at < 0 ? text.Length : at).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static RegoString FromBase64Url(BuiltinContext context, RegoValue[] a)
    {
        var text = Operand.Text("base64url.decode", a, 0);
        var plain = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return text.AsSpan().ContainsAny("+/")
            ? throw BuiltinException.Failed("base64url.decode", "illegal base64 data at input byte " + text.AsSpan().IndexOfAny("+/").ToString(System.Globalization.CultureInfo.InvariantCulture))
            : FromBase64("base64url.decode", plain.PadRight((plain.Length + 3) / 4 * 4, '='));
    }

    private static RegoString FromHex(BuiltinContext context, RegoValue[] a)
    {
        var text = Operand.Text("hex.decode", a, 0);
        var bad = text.AsSpan().IndexOfAnyExcept(HexDigits);
        if (bad >= 0)
        {
            var rune = Rune.GetRuneAt(text, bad);
            throw BuiltinException.Failed("hex.decode", $"encoding/hex: invalid byte: U+{rune.Value:X4} '{rune}'");
        }

        return text.Length % 2 == 0
            ? new RegoString(Encoding.UTF8.GetString(Convert.FromHexString(text)))
            : throw BuiltinException.Failed("hex.decode", "encoding/hex: odd length hex string");
    }
}
