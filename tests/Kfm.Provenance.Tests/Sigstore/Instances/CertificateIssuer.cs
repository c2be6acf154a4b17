using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kfm.Provenance.Tests.Sigstore.Instances;

/// <summary>A certificate authority like Fulcio, with root, intermediate and its own certificate log.</summary>
internal sealed class CertificateIssuer : IDisposable
{
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly TimeProvider _clock;

    public CertificateIssuer(TimeProvider clock)
    {
        _clock = clock;
        var (from, to) = (clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(365));
        Root = Authority("CN=root,O=fake", _rootKey, null).CreateSelfSigned(from, to);
        using var issued = Authority("CN=intermediate,O=fake", _key, 0).Create(Root, from, to, Serial());
        Intermediate = issued.CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public ECDsa LogKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A leaf for code signing, with one embedded SCT.</summary>
    public X509Certificate2 Issue(PublicKey key, string name, string issuer)
    {
        var time = _clock.GetUtcNow();
        var (from, to, serial) = (time.AddSeconds(-1), time.AddMinutes(10), Serial());
        using var precertificate = Leaf(key, name, issuer).Create(Intermediate, from, to, serial);
        var request = Leaf(key, name, issuer);
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.11129.2.4.2", Octets(SctList(precertificate, time)), critical: false));
        return request.Create(Intermediate, from, to, serial);
    }

    /// <summary>A signer of timestamps below the root.</summary>
    public X509Certificate2 IssueTimestampSigner(ECDsa key)
    {
        var request = new CertificateRequest("CN=tsa,O=fake", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var issued = request.Create(Root, _clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(300), Serial());
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        foreach (var one in new IDisposable[] { Root, Intermediate, LogKey, _rootKey, _key })
        {
            one.Dispose();
        }
    }

    private static CertificateRequest Authority(string name, ECDsa key, int? pathLength)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private CertificateRequest Leaf(PublicKey key, string name, string issuer)
    {
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Intermediate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(name));
        request.CertificateExtensions.Add(names.Build(critical: true));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, issuer);
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", writer.Encode(), critical: false));
        return request;
    }

    // RFC 6962, 3.2: what the log signs of a precertificate, and the list with the one SCT.
    private byte[] SctList(X509Certificate2 precertificate, DateTimeOffset time)
    {
        AsnDecoder.ReadSequence(precertificate.RawData, AsnEncodingRules.DER, out var start, out _, out _);
        AsnDecoder.ReadSequence(precertificate.RawData.AsSpan(start), AsnEncodingRules.DER, out _, out _, out var length);
        var tbs = precertificate.RawData[start..(start + length)];
        var head = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), time.ToUnixTimeMilliseconds());
        head[11] = 1;
        byte[] message =
        [
            .. head, .. SHA256.HashData(Intermediate.PublicKey.ExportSubjectPublicKeyInfo()),
            (byte)(tbs.Length >> 16), (byte)(tbs.Length >> 8), (byte)tbs.Length, .. tbs, 0, 0,
        ];
        var signature = LogKey.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        byte[] sct = [0, .. SHA256.HashData(LogKey.ExportSubjectPublicKeyInfo()), .. head[2..10], 0, 0, 4, 3, .. Vector(signature)];
        return Vector(Vector(sct));
    }

    private static byte[] Vector(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static byte[] Octets(byte[] bytes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(bytes);
        return writer.Encode();
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
