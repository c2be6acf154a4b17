using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>crypto.x509.parse_and_verify_certificates and its form with options: the first certificate is the root, the last one the leaf.</summary>
internal static class CertificateChains
{
    private const string Verify = "crypto.x509.parse_and_verify_certificates";
    private const string VerifyWithOptions = "crypto.x509.parse_and_verify_certificates_with_options";

    private static readonly Dictionary<string, string> Usages = new(StringComparer.Ordinal)
    {
        ["KeyUsageAny"] = "2.5.29.37.0",
        ["KeyUsageServerAuth"] = "1.3.6.1.5.5.7.3.1",
        ["KeyUsageClientAuth"] = "1.3.6.1.5.5.7.3.2",
        ["KeyUsageCodeSigning"] = "1.3.6.1.5.5.7.3.3",
        ["KeyUsageEmailProtection"] = "1.3.6.1.5.5.7.3.4",
        ["KeyUsageIPSECEndSystem"] = "1.3.6.1.5.5.7.3.5",
        ["KeyUsageIPSECTunnel"] = "1.3.6.1.5.5.7.3.6",
        ["KeyUsageIPSECUser"] = "1.3.6.1.5.5.7.3.7",
        ["KeyUsageTimeStamping"] = "1.3.6.1.5.5.7.3.8",
        ["KeyUsageOCSPSigning"] = "1.3.6.1.5.5.7.3.9",
        ["KeyUsageMicrosoftServerGatedCrypto"] = "1.3.6.1.4.1.311.10.3.3",
        ["KeyUsageNetscapeServerGatedCrypto"] = "2.16.840.1.113730.4.1",
        ["KeyUsageMicrosoftCommercialCodeSigning"] = "1.3.6.1.4.1.311.2.1.22",
        ["KeyUsageMicrosoftKernelCodeSigning"] = "1.3.6.1.4.1.311.61.1.1",
    };

    internal static void Register(Action<string, int, Builtin> add)
    {
        add(Verify, 1, static (c, a) => Check(Verify, c, Operand.Text(Verify, a, 0), RegoObject.Empty));
        add(VerifyWithOptions, 2, static (c, a) => Check(VerifyWithOptions, c, Operand.Text(VerifyWithOptions, a, 0), Operand.Object(VerifyWithOptions, a, 1)));
    }

    private static RegoArray Check(string builtin, BuiltinContext context, string text, RegoObject options)
    {
        var (name, time, usages) = Options(builtin, context, options);
        List<(byte[] Der, RegoObject Json)> certificates;
        try
        {
            certificates = Certificates.Read(builtin, text);
        }
        catch (BuiltinException)
        {
            return Refused;
        }

        try
        {
            return certificates.Count >= 2 && Chain(certificates, name, time, usages) is { } chain
                ? new RegoArray([RegoValue.True, new RegoArray([.. chain.Select(der => certificates.First(c => c.Der.AsSpan().SequenceEqual(der)).Json)])])
                : Refused;
        }
        catch (CryptographicException)
        {
            return Refused;
        }
    }

    private static RegoArray Refused => new([RegoValue.False, RegoArray.Empty]);

    /// <summary>The chain from the leaf to the root; null when there is none that is valid. Nothing is downloaded, and no system root is trusted.</summary>
    private static List<byte[]>? Chain(List<(byte[] Der, RegoObject Json)> certificates, string? name, DateTime time, List<string> usages)
    {
        var loaded = certificates.ConvertAll(c => X509CertificateLoader.LoadCertificate(c.Der));
        using var chain = new X509Chain();
        try
        {
            var policy = chain.ChainPolicy;
            (policy.TrustMode, policy.RevocationMode, policy.DisableCertificateDownloads) = (X509ChainTrustMode.CustomRootTrust, X509RevocationMode.NoCheck, true);
            (policy.VerificationTime, policy.VerificationTimeIgnored) = (time, false);
            policy.CustomTrustStore.Add(loaded[0]);
            policy.ExtraStore.AddRange(loaded[1..^1].ToArray());
            var leaf = loaded[^1];
            return chain.Build(leaf) && (usages.Count == 0 || usages.Exists(u => Allows(chain, u))) && (name is null || leaf.MatchesHostname(name, allowCommonName: false))
                ? [.. chain.ChainElements.Select(e => e.Certificate.RawData)]
                : null;
        }
        finally
        {
            foreach (var certificate in loaded.Concat(chain.ChainElements.Select(e => e.Certificate)))
            {
                certificate.Dispose();
            }
        }
    }

    // A certificate without the extension allows every use; so does one with the use "any".
    private static bool Allows(X509Chain chain, string usage) => usage == Usages["KeyUsageAny"] || chain.ChainElements.All(element =>
        element.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().All(e =>
            e.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == usage || o.Value == Usages["KeyUsageAny"])));

    private static (string? Name, DateTime Time, List<string> Usages) Options(string builtin, BuiltinContext context, RegoObject options)
    {
        string? name = null;
        RegoNumber? time = null;
        List<string> usages = [];
        foreach (var (key, value) in options.Sorted)
        {
            switch ((key as RegoString)?.Text, value)
            {
                case ("DNSName", RegoString text):
                    name = text.Text;
                    break;
                case ("CurrentTime", RegoNumber number):
                    time = number;
                    break;
                case ("MaxConstraintComparisons", RegoNumber):
                    break;
                case ("KeyUsages", RegoArray or RegoSet):
                    usages.AddRange(KeyUsages(builtin, value));
                    break;
                case ("DNSName" or "CurrentTime" or "MaxConstraintComparisons" or "KeyUsages", _):
                    throw BuiltinException.Failed(builtin, $"'{((RegoString)key).Text}' should be a {Kind(((RegoString)key).Text)}");
                case (not null, _):
                    throw BuiltinException.Failed(builtin, "invalid key option");
                default:
                    break;
            }
        }

        if (!(time ?? (RegoNumber)context.Now).TryGetInt64(out var nanos))
        {
            throw BuiltinException.Failed(builtin, "'CurrentTime' should be a valid int64 number");
        }

        // Without a choice a certificate of a server is meant.
        return (name, DateTime.UnixEpoch.AddTicks(nanos / 100), usages.Count == 0 ? [Usages["KeyUsageServerAuth"]] : usages);
    }

    private static string Kind(string option) => option switch { "DNSName" => "string", "KeyUsages" => "Array or Set", _ => "number" };

    private static List<string> KeyUsages(string builtin, RegoValue value)
    {
        var names = (value as RegoArray)?.Items ?? ((RegoSet)value).Elements;
        var texts = names.OfType<RegoString>().Select(n => n.Text).ToList();
        var unknown = texts.Where(t => !Usages.ContainsKey(t)).ToList();
        return unknown.Count == 0
            ? texts.ConvertAll(t => Usages[t])
            : throw BuiltinException.Failed(builtin, $"invalid entries for 'KeyUsages' found: [{string.Join(' ', unknown)}]");
    }
}
