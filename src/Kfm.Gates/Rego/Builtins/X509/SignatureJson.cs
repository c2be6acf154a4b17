using System.Formats.Asn1;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>Algorithm and value of a signature, with the numbers of Go's enumeration.</summary>
internal static class SignatureJson
{
    private static readonly Dictionary<string, int> Algorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = 1,
        ["1.2.840.113549.1.1.4"] = 2,
        ["1.2.840.113549.1.1.5"] = 3,
        ["1.3.14.3.2.29"] = 3,
        ["1.2.840.113549.1.1.11"] = 4,
        ["1.2.840.113549.1.1.12"] = 5,
        ["1.2.840.113549.1.1.13"] = 6,
        ["1.2.840.10040.4.3"] = 7,
        ["2.16.840.1.101.3.4.3.2"] = 8,
        ["1.2.840.10045.4.1"] = 9,
        ["1.2.840.10045.4.3.2"] = 10,
        ["1.2.840.10045.4.3.3"] = 11,
        ["1.2.840.10045.4.3.4"] = 12,
        ["1.3.101.112"] = 16,
    };

    // PSS names its hash in the parameters.
    private static readonly Dictionary<string, int> Pss = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = 13,
        ["2.16.840.1.101.3.4.2.2"] = 14,
        ["2.16.840.1.101.3.4.2.3"] = 15,
    };

    public static void Add(GoJson json, AsnReader signed)
    {
        var algorithm = signed.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        json.Number("SignatureAlgorithm", oid == "1.2.840.113549.1.1.10" ? OfPss(algorithm) : Algorithms.GetValueOrDefault(oid));
        json.Bytes("Signature", signed.ReadBitString(out _));
        signed.ThrowIfNotEmpty();
    }

    private static int OfPss(AsnReader algorithm)
    {
        var parameters = algorithm.HasData ? algorithm.ReadSequence() : null;
        var hash = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        return parameters is { HasData: true } && parameters.PeekTag() == hash
            ? Pss.GetValueOrDefault(parameters.ReadSequence(hash).ReadSequence().ReadObjectIdentifier())
            : 0;
    }
}
