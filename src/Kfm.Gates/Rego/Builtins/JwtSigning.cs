using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>io.jwt.encode_sign and io.jwt.encode_sign_raw (RFC 7515, section 7.1).</summary>
internal static class JwtSigning
{
    private static readonly string[] Algorithms =
        ["ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512", JwtKey.EdDsa];

    internal static void Register(Action<string, int, Builtin> add)
    {
        const string Raw = "io.jwt.encode_sign_raw";
        add("io.jwt.encode_sign", 3, static (_, a) => Sign("io.jwt.encode_sign", Json(a, 0), Json(a, 1), Json(a, 2)));
        add(Raw, 3, static (_, a) => Sign(Raw, Operand.Text(Raw, a, 0), Operand.Text(Raw, a, 1), Operand.Text(Raw, a, 2)));
    }

    private static string Json(RegoValue[] a, int index) => JsonOutput.Write(Operand.Object("io.jwt.encode_sign", a, index));

    private static RegoString Sign(string builtin, string header, string payload, string key)
    {
        var signer = JwtKey.Read(builtin, key)[0];
        var members = Parse(header) as RegoObject;
        var algorithm = members?.Member("alg") is RegoString name ? name.Text
            : throw BuiltinException.Failed(builtin, "missing or invalid 'alg' header: " + NoAlgorithm(header, members));
        if (!Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            throw BuiltinException.Failed(builtin, "unknown JWS algorithm: " + algorithm);
        }

        if (members.Member("typ") is null or RegoString { Text: "JWT" } && Parse(payload) is null)
        {
            throw BuiltinException.Failed(builtin, "type is JWT but payload is not JSON");
        }

        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return new RegoString(signed + "." + Base64Url.EncodeToString(Sign(builtin, signer, algorithm, Encoding.ASCII.GetBytes(signed))));
    }

    private static byte[] Sign(string builtin, JwtKey key, string algorithm, byte[] signed)
    {
        try
        {
            return key.Sign(algorithm, signed) ?? throw BuiltinException.Failed(builtin, $"the key cannot sign with {algorithm}");
        }
        catch (CryptographicException e)
        {
            throw BuiltinException.Failed(builtin, "the key is not a private key: " + e.Message);
        }
    }

    // The reader behind OPA takes a text of the characters of numbers for a number, and misses the member in it.
    private static string NoAlgorithm(string header, RegoObject? members) => header.Length == 0
        ? "cannot parse JSON: cannot parse empty string"
        : members is null && header.Any(c => !char.IsAsciiDigit(c) && c is not ('e' or 'E' or '+' or '-' or '.')) ? "cannot parse JSON"
        : "jwsbb: header \"alg\" not found";

    private static RegoValue? Parse(string text)
    {
        try
        {
            return RegoValue.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }
}
