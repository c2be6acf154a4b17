using System.Formats.Asn1;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>A distinguished name as Go's pkix.Name.</summary>
internal static class NameJson
{
    private static readonly (string Oid, string Member)[] Lists =
    [
        ("2.5.4.6", "Country"), ("2.5.4.10", "Organization"), ("2.5.4.11", "OrganizationalUnit"), ("2.5.4.7", "Locality"), ("2.5.4.8", "Province"),
        ("2.5.4.9", "StreetAddress"), ("2.5.4.17", "PostalCode"),
    ];

    public static RegoObject Of(AsnReader name)
    {
        List<(string Oid, RegoValue Value)> all = [];
        while (name.HasData)
        {
            // The order within a set is that of the encoding, whether it is the canonical one or not.
            var set = name.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                all.Add((attribute.ReadObjectIdentifier(), Value(attribute)));
            }
        }

        var json = new GoJson();
        foreach (var (oid, member) in Lists)
        {
            json.List(member, all.Where(a => a.Oid == oid).Select(a => a.Value));
        }

        json.Add("SerialNumber", all.LastOrDefault(a => a.Oid == "2.5.4.5").Value ?? RegoValue.Of(""));
        json.Add("CommonName", all.LastOrDefault(a => a.Oid == "2.5.4.3").Value ?? RegoValue.Of(""));
        json.List("Names", all.Select(a => (RegoValue)RegoObject.Create(
        [
            new(RegoValue.Of("Type"), GoJson.Oid(a.Oid)), new(RegoValue.Of("Value"), a.Value),
        ])));
        json.Null("ExtraNames");
        return json.ToObject();
    }

    private static RegoValue Value(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.NumericString or UniversalTagNumber.T61String or UniversalTagNumber.BMPString
            ? RegoValue.Of(attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue))
            : RegoValue.Of(Convert.ToBase64String(attribute.ReadEncodedValue().Span));
    }
}
