using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>Certificates and certificate requests (RFC 5280, RFC 2986) as the JSON that Go's crypto/x509 makes of them.</summary>
internal static class CertificateReader
{
    /// <exception cref="AsnContentException">The bytes are not certificates one after the other.</exception>
    public static List<(byte[] Der, RegoObject Json)> ReadAll(ReadOnlyMemory<byte> der)
    {
        List<(byte[] Der, RegoObject Json)> certificates = [];
        var rest = new AsnReader(der, AsnEncodingRules.DER);
        while (rest.HasData)
        {
            var one = rest.ReadEncodedValue();
            certificates.Add((one.ToArray(), ReadCertificate(one)));
        }

        return certificates;
    }

    /// <exception cref="AsnContentException">The bytes are not a request.</exception>
    public static RegoObject ReadRequest(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var json = new GoJson();
        json.Bytes("Raw", der);
        var tbsBytes = request.ReadEncodedValue();
        json.Bytes("RawTBSCertificateRequest", tbsBytes);
        var tbs = new AsnReader(tbsBytes, AsnEncodingRules.DER).ReadSequence();
        json.Number("Version", tbs.ReadInteger());
        ReadName(json, "Subject", tbs.ReadEncodedValue());
        PublicKeyJson.Add(json, tbs.ReadEncodedValue());
        var extensions = new ExtensionReader();
        if (tbs.HasData)
        {
            var attributes = tbs.ReadSetOf(new Asn1Tag(TagClass.ContextSpecific, 0));
            while (attributes.HasData)
            {
                var attribute = attributes.ReadSequence();
                if (attribute.ReadObjectIdentifier() == "1.2.840.113549.1.9.14")
                {
                    extensions.ReadAll(attribute.ReadSetOf().ReadSequence());
                }
            }
        }

        SignatureJson.Add(json, request);
        json.Null("Attributes");
        extensions.AddAlternativeNames(json);
        json.Null("ExtraExtensions");
        return json.ToObject();
    }

    private static RegoObject ReadCertificate(ReadOnlyMemory<byte> der)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var json = new GoJson();
        json.Bytes("Raw", der);
        var tbsBytes = certificate.ReadEncodedValue();
        json.Bytes("RawTBSCertificate", tbsBytes);
        var tbs = new AsnReader(tbsBytes, AsnEncodingRules.DER).ReadSequence();
        var version = BigInteger.Zero;
        if (tbs.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
        {
            version = tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadInteger();
        }

        json.Number("Version", version + 1);
        json.Number("SerialNumber", tbs.ReadInteger());
        _ = tbs.ReadEncodedValue();
        ReadName(json, "Issuer", tbs.ReadEncodedValue());
        var validity = tbs.ReadSequence();
        json.Text("NotBefore", Time(validity));
        json.Text("NotAfter", Time(validity));
        ReadName(json, "Subject", tbs.ReadEncodedValue());
        PublicKeyJson.Add(json, tbs.ReadEncodedValue());
        var extensions = new ExtensionReader();
        while (tbs.HasData)
        {
            var tag = tbs.PeekTag();
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 3)
            {
                extensions.ReadAll(tbs.ReadSequence(tag).ReadSequence());
            }
            else
            {
                _ = tbs.ReadEncodedValue();
            }
        }

        SignatureJson.Add(json, certificate);
        extensions.AddTo(json);
        return json.ToObject();
    }

    private static void ReadName(GoJson json, string member, ReadOnlyMemory<byte> encoded)
    {
        json.Bytes("Raw" + member, encoded);
        json.Add(member, NameJson.Of(new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence()));
    }

    private static string Time(AsnReader reader)
    {
        var time = reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
        return time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
