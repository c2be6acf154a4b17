using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>A JSON Web Token in compact form (RFC 7515, section 7.1), of which nothing is verified yet.</summary>
internal sealed class JwtToken
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly string _builtin;
    private readonly byte[] _payload;

    private JwtToken(string builtin, string[] parts)
    {
        _builtin = builtin;
        Header = Json(Decode(parts[0], "header")) as RegoObject ?? throw Failed("JWT header is not a JSON object");
        if (Header.Member("enc") is not null)
        {
            throw Failed("JWT is a JWE object, which is not supported");
        }

        _payload = Decode(parts[1], "payload");
        Signature = Decode(parts[2], "signature");
        Signed = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
    }

    internal RegoObject Header { get; }

    internal byte[] Signature { get; }

    /// <summary>What the signature is over.</summary>
    internal byte[] Signed { get; }

    internal string Algorithm => (Header.Member("alg") as RegoString)?.Text ?? "";

    /// <summary>The token that this one holds (RFC 7519, section 5.2), or null.</summary>
    internal JwtToken? Inner => (Header.Member("cty") as RegoString)?.Text is "JWT"
        ? Parse(_builtin, Json(_payload) is RegoString quoted ? quoted.Text : Encoding.UTF8.GetString(_payload))
        : null;

    internal RegoValue Payload => Json(_payload) ?? throw Failed("type is JWT but payload is not JSON");

    internal static JwtToken Parse(string builtin, string text)
    {
        var parts = text.Split('.');
        return parts.Length switch
        {
            1 => throw BuiltinException.Failed(builtin, "encoded JWT had no period separators"),
            3 => new JwtToken(builtin, parts),
            5 => throw BuiltinException.Failed(builtin, "JWT is a JWE object, which is not supported"),
            var count => throw BuiltinException.Failed(builtin, string.Create(CultureInfo.InvariantCulture, $"encoded JWT must have 3 sections, found {count}")),
        };
    }

    /// <summary>Base64url without padding; null when the text is not that.</summary>
    internal static byte[]? TryDecode(string text) =>
        text.All(IsDigit) && text.Length % 4 != 1 ? DecodeDigits(text) : null;

    private byte[] Decode(string text, string part)
    {
        var at = text.TakeWhile(IsDigit).Count();
        return at < text.Length || text.Length % 4 == 1
            ? throw Failed(string.Create(CultureInfo.InvariantCulture, $"JWT {part} had invalid encoding: illegal base64 data at input byte {at}"))
            : DecodeDigits(text);
    }

    /// <summary>Go does not look at the bits of the last digit that no byte takes; .NET refuses them, so they are cleared.</summary>
    private static byte[] DecodeDigits(string text)
    {
        var unused = (text.Length % 4) switch { 2 => 0xf, 3 => 0x3, _ => 0 };
        return Base64Url.DecodeFromChars(unused == 0 ? text : text[..^1] + Digits[Digits.IndexOf(text[^1], StringComparison.Ordinal) & ~unused]);
    }

    private static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static RegoValue? Json(byte[] utf8)
    {
        try
        {
            return RegoValue.Parse(utf8);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    private BuiltinException Failed(string message) => BuiltinException.Failed(_builtin, message);
}
