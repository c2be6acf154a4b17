using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Hashes and HMACs.</summary>
[SuppressMessage("Security", "CA5350", Justification = "Policies ask for these algorithms by name.")]
[SuppressMessage("Security", "CA5351", Justification = "Policies ask for these algorithms by name.")]
internal static class Cryptography
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("crypto.md5", 1, static (_, a) => Hex(MD5.HashData(Encodings.Bytes("crypto.md5", a))));
        add("crypto.sha1", 1, static (_, a) => Hex(SHA1.HashData(Encodings.Bytes("crypto.sha1", a))));
        add("crypto.sha256", 1, static (_, a) => Hex(SHA256.HashData(Encodings.Bytes("crypto.sha256", a))));
        add("crypto.hmac.md5", 2, static (_, a) => Hex(HMACMD5.HashData(Key("crypto.hmac.md5", a), Encodings.Bytes("crypto.hmac.md5", a))));
        add("crypto.hmac.sha1", 2, static (_, a) => Hex(HMACSHA1.HashData(Key("crypto.hmac.sha1", a), Encodings.Bytes("crypto.hmac.sha1", a))));
        add("crypto.hmac.sha256", 2, static (_, a) => Hex(HMACSHA256.HashData(Key("crypto.hmac.sha256", a), Encodings.Bytes("crypto.hmac.sha256", a))));
        add("crypto.hmac.sha512", 2, static (_, a) => Hex(HMACSHA512.HashData(Key("crypto.hmac.sha512", a), Encodings.Bytes("crypto.hmac.sha512", a))));
        add("crypto.hmac.equal", 2, static (_, a) => RegoValue.Of(CryptographicOperations.FixedTimeEquals(
            Encodings.Bytes("crypto.hmac.equal", a), Key("crypto.hmac.equal", a))));
    }

    private static RegoString Hex(byte[] hash) => new(Convert.ToHexStringLower(hash));

    private static byte[] Key(string builtin, RegoValue[] a) => Encoding.UTF8.GetBytes(Operand.Text(builtin, a, 1));
}
