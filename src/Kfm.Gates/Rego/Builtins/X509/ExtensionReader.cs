using System.Formats.Asn1;
using System.Net;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>The extensions of a certificate (RFC 5280, 4.2), as the members that Go makes of them.</summary>
internal sealed class ExtensionReader
{
    private static readonly string[] UsageOids =
    [
        "2.5.29.37.0", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.5", "1.3.6.1.5.5.7.3.6",
        "1.3.6.1.5.5.7.3.7", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1",
        "1.3.6.1.4.1.311.2.1.22", "1.3.6.1.4.1.311.61.1.1",
    ];

    private readonly List<RegoValue> _all = [];
    private readonly List<RegoValue> _unhandled = [];
    private readonly List<RegoValue> _usages = [];
    private readonly List<RegoValue> _unknownUsages = [];
    private readonly List<string> _names = [];
    private readonly List<string> _mails = [];
    private readonly List<string> _addresses = [];
    private readonly List<string> _uris = [];
    private readonly List<string> _ocsp = [];
    private readonly List<string> _issuers = [];
    private readonly List<string> _revocation = [];
    private readonly List<string> _policies = [];
    private BigInteger _keyUsage;
    private bool _constrained;
    private bool _isAuthority;
    private int _pathLength = -1;
    private byte[]? _subjectKey;
    private ReadOnlyMemory<byte>? _authorityKey;

    public void ReadAll(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            _all.Add(RegoObject.Create(
            [
                new(RegoValue.Of("Id"), GoJson.Oid(oid)),
                new(RegoValue.Of("Critical"), RegoValue.Of(critical)),
                new(RegoValue.Of("Value"), RegoValue.Of(Convert.ToBase64String(value))),
            ]));
            if (!Handle(oid, new AsnReader(value, AsnEncodingRules.DER)) && critical)
            {
                _unhandled.Add(GoJson.Oid(oid));
            }
        }
    }

    public void AddAlternativeNames(GoJson json)
    {
        json.List("Extensions", _all);
        json.Texts("DNSNames", _names);
        json.Texts("EmailAddresses", _mails);
        json.Texts("IPAddresses", _addresses);
        json.List("URIs", _uris.Select(UrlJson));
    }

    public void AddTo(GoJson json)
    {
        AddAlternativeNames(json);
        json.Texts("URIStrings", _uris);
        json.Number("KeyUsage", _keyUsage);
        json.List("UnhandledCriticalExtensions", _unhandled);
        json.List("ExtKeyUsage", _usages);
        json.List("UnknownExtKeyUsage", _unknownUsages);
        json.Flag("BasicConstraintsValid", _constrained);
        json.Flag("IsCA", _isAuthority);
        json.Number("MaxPathLen", _constrained ? _pathLength : 0);
        json.Flag("MaxPathLenZero", _pathLength == 0);
        json.Bytes("SubjectKeyId", _subjectKey);
        json.Bytes("AuthorityKeyId", _authorityKey);
        json.Texts("OCSPServer", _ocsp);
        json.Texts("IssuingCertificateURL", _issuers);
        json.Texts("CRLDistributionPoints", _revocation);
        json.List("PolicyIdentifiers", _policies.Select(GoJson.Oid));
        json.Texts("Policies", _policies);
        json.Flag("PermittedDNSDomainsCritical", false);
        json.Null(
            "PermittedDNSDomains", "ExcludedDNSDomains", "PermittedIPRanges", "ExcludedIPRanges", "PermittedEmailAddresses", "ExcludedEmailAddresses",
            "PermittedURIDomains", "ExcludedURIDomains", "ExtraExtensions", "PolicyMappings");
        foreach (var limit in new[] { "InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy" })
        {
            json.Number(limit, 0);
            json.Flag(limit + "Zero", false);
        }
    }

    private bool Handle(string oid, AsnReader value)
    {
        switch (oid)
        {
            case "2.5.29.15":
                ReadKeyUsage(value.ReadBitString(out _));
                return true;
            case "2.5.29.19":
                ReadConstraints(value.ReadSequence());
                return true;
            case "2.5.29.17":
                return ReadNames(value.ReadSequence());
            case "2.5.29.31":
                ReadDistributionPoints(value.ReadSequence());
                return true;
            case "2.5.29.35":
                ReadAuthorityKey(value.ReadSequence());
                return true;
            case "2.5.29.14":
                _subjectKey = value.ReadOctetString();
                return true;
            case "2.5.29.37":
                ReadUsages(value.ReadSequence());
                return true;
            case "2.5.29.32":
                for (var policies = value.ReadSequence(); policies.HasData;)
                {
                    _policies.Add(policies.ReadSequence().ReadObjectIdentifier());
                }

                return true;
            case "1.3.6.1.5.5.7.1.1":
                ReadAccess(value.ReadSequence());
                return true;
            default:
                return false;
        }
    }

    // Bit 0 is the first of the first byte, and the lowest of Go's number.
    private void ReadKeyUsage(byte[] bits)
    {
        for (var i = 0; i < Math.Min(9, bits.Length * 8); i++)
        {
            _keyUsage |= (BigInteger)((bits[i / 8] >> (7 - (i % 8))) & 1) << i;
        }
    }

    private void ReadConstraints(AsnReader value)
    {
        _constrained = true;
        _isAuthority = value.HasData && value.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && value.ReadBoolean();
        _pathLength = value.HasData && value.TryReadInt32(out var length) ? length : -1;
    }

    private bool ReadNames(AsnReader names)
    {
        var handled = false;
        while (names.HasData)
        {
            var tag = names.PeekTag();
            handled |= tag.TagValue is 1 or 2 or 6 or 7;
            switch (tag.TagValue)
            {
                case 1:
                    _mails.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 2:
                    _names.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 6:
                    _uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 7:
                    var bytes = names.ReadOctetString(tag);
                    _addresses.Add(bytes.Length is 4 or 16 ? new IPAddress(bytes).ToString() : throw new AsnContentException("An address has 4 or 16 bytes."));
                    break;
                default:
                    _ = names.ReadEncodedValue();
                    break;
            }
        }

        return handled;
    }

    private void ReadDistributionPoints(AsnReader points)
    {
        var first = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        while (points.HasData)
        {
            var point = points.ReadSequence();
            if (!point.HasData || point.PeekTag() != first)
            {
                continue;
            }

            var name = point.ReadSequence(first);
            for (var names = name.HasData && name.PeekTag() == first ? name.ReadSequence(first) : null; names is { HasData: true };)
            {
                ReadUri(names, _revocation);
            }
        }
    }

    private void ReadAuthorityKey(AsnReader value)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        _authorityKey = value.HasData && value.PeekTag() == tag ? value.ReadOctetString(tag) : null;
    }

    private void ReadUsages(AsnReader usages)
    {
        while (usages.HasData)
        {
            var oid = usages.ReadObjectIdentifier();
            var known = Array.IndexOf(UsageOids, oid);
            (known < 0 ? _unknownUsages : _usages).Add(known < 0 ? GoJson.Oid(oid) : RegoValue.Of(known));
        }
    }

    private void ReadAccess(AsnReader descriptions)
    {
        while (descriptions.HasData)
        {
            var description = descriptions.ReadSequence();
            var into = description.ReadObjectIdentifier() switch
            {
                "1.3.6.1.5.5.7.48.1" => _ocsp,
                "1.3.6.1.5.5.7.48.2" => _issuers,
                _ => [],
            };
            ReadUri(description, into);
        }
    }

    private static void ReadUri(AsnReader from, List<string> into)
    {
        var tag = from.PeekTag();
        if (tag.TagValue == 6)
        {
            into.Add(from.ReadCharacterString(UniversalTagNumber.IA5String, tag));
        }
        else
        {
            _ = from.ReadEncodedValue();
        }
    }

    private static RegoObject UrlJson(string uri)
    {
        var parts = Uris.Parse(uri);
        string Part(string name) => (parts?.Member(name) as RegoString)?.Text ?? "";
        var json = new GoJson();
        json.Text("Scheme", Part("scheme"));
        json.Text("Opaque", "");
        json.Null("User");
        json.Text("Host", Part("hostname") + (Part("port").Length > 0 ? ":" + Part("port") : ""));
        json.Text("Path", Part("path"));
        json.Text("Fragment", Part("fragment"));
        json.Text("RawQuery", Part("raw_query"));
        json.Text("RawPath", "");
        json.Text("RawFragment", "");
        json.Flag("ForceQuery", false);
        json.Flag("OmitHost", false);
        return json.ToObject();
    }
}
