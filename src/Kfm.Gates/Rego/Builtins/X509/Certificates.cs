using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>crypto.x509.parse_*, crypto.parse_private_keys.</summary>
internal static class Certificates
{
    private const string ParseCertificates = "crypto.x509.parse_certificates";
    private const string ParseRequest = "crypto.x509.parse_certificate_request";
    private const string ParseRsaKey = "crypto.x509.parse_rsa_private_key";
    private const string ParseKeyPair = "crypto.x509.parse_keypair";
    private const string ParseKeys = "crypto.parse_private_keys";

    internal static void Register(Action<string, int, Builtin> add)
    {
        add(ParseCertificates, 1, static (_, a) => new RegoArray([.. Read(ParseCertificates, Operand.Text(ParseCertificates, a, 0)).Select(c => c.Json)]));
        add(ParseRequest, 1, static (_, a) => Request(Operand.Text(ParseRequest, a, 0)));
        add(ParseRsaKey, 1, static (_, a) => WebKey(Operand.Text(ParseRsaKey, a, 0)));
        add(ParseKeys, 1, static (_, a) => Keys(Operand.Text(ParseKeys, a, 0)));
        add(ParseKeyPair, 2, static (_, a) => KeyPair(Operand.Text(ParseKeyPair, a, 0), Operand.Text(ParseKeyPair, a, 1)));
        CertificateChains.Register(add);
    }

    /// <summary>Reads certificates; what is none is a builtin error.</summary>
    internal static List<(byte[] Der, RegoObject Json)> Read(string builtin, string text)
    {
        var (pem, bytes) = PemBlocks.Decode(builtin, text);
        if (pem is not null)
        {
            var blocks = PemBlocks.All(pem).ToList();
            if (blocks.Find(b => b.Label != "CERTIFICATE") is { Label: { } label })
            {
                throw BuiltinException.Failed(builtin, $"PEM block type is '{label}', expected CERTIFICATE");
            }

            bytes = [.. blocks.SelectMany(b => b.Content)];
        }

        return Asn1(builtin, () => CertificateReader.ReadAll(bytes));
    }

    private static T Asn1<T>(string builtin, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            throw BuiltinException.Failed(builtin, "asn1: structure error: " + e.Message);
        }
    }

    private static RegoObject Request(string text)
    {
        var (pem, bytes) = PemBlocks.Decode(ParseRequest, text);
        if (pem is not null)
        {
            var (label, content) = PemBlocks.All(pem).FirstOrDefault();
            bytes = label == "CERTIFICATE REQUEST" ? content : throw BuiltinException.Failed(ParseRequest, "invalid PEM-encoded certificate signing request");
        }

        return Asn1(ParseRequest, () => CertificateReader.ReadRequest(bytes));
    }

    private static RegoValue WebKey(string text)
    {
        if (text.Length == 0)
        {
            throw BuiltinException.Failed(ParseRsaKey, "input PEM data was empty");
        }

        var (pem, _) = PemBlocks.Decode(ParseRsaKey, text);
        return pem is not null && Asn1(ParseRsaKey, () => PrivateKeyJson.ReadAll(pem)) is [var first, ..] ? first.WebKey : RegoValue.Null;
    }

    private static RegoValue Keys(string text)
    {
        if (text.Length == 0)
        {
            return RegoValue.Null;
        }

        var bytes = new byte[text.Length];
        var pem = Convert.TryFromBase64String(text, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : text;
        return new RegoArray([.. Asn1(ParseKeys, () => PrivateKeyJson.ReadAll(pem)).Select(k => k.Go)]);
    }

    private static RegoObject KeyPair(string certificateText, string keyText)
    {
        var certificates = Read(ParseKeyPair, certificateText);
        var (pem, bytes) = PemBlocks.Decode(ParseKeyPair, keyText);
        var key = Asn1(ParseKeyPair, () => pem is null ? PrivateKeyJson.Read("PRIVATE KEY", bytes) : PrivateKeyJson.ReadAll(pem).FirstOrDefault());
        if (certificates.Count == 0 || key is null)
        {
            throw BuiltinException.Failed(ParseKeyPair, $"tls: failed to find any PEM data in {(certificates.Count == 0 ? "certificate" : "key")} input");
        }

        var leaf = certificates[0].Json;
        if (leaf.Member("RawSubjectPublicKeyInfo") is not RegoString { Text: var spki } || spki != Convert.ToBase64String(key.PublicKey))
        {
            throw BuiltinException.Failed(ParseKeyPair, "tls: private key does not match public key");
        }

        var json = new GoJson();
        json.List("Certificate", certificates.Select(c => RegoValue.Of(Convert.ToBase64String(c.Der))));
        json.Add("PrivateKey", key.Go);
        json.Add("Leaf", leaf);
        json.Null("SupportedSignatureAlgorithms", "OCSPStaple", "SignedCertificateTimestamps");
        return json.ToObject();
    }
}
