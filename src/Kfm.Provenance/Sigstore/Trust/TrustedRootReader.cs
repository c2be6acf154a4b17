using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Trust;

/// <summary>Reads the JSON of a trusted root.</summary>
internal static class TrustedRootReader
{
    private const int MaxInstances = 256;
    private const int MaxChain = 8;

    public static TrustedRoot Read(JsonCursor json)
    {
        var mediaType = json.Member("mediaType");
        if (mediaType.Text() is not ("application/vnd.dev.sigstore.trustedroot+json;version=0.1" or "application/vnd.dev.sigstore.trustedroot+json;version=0.2"
            or "application/vnd.dev.sigstore.trustedroot.v0.1+json" or "application/vnd.dev.sigstore.trustedroot.v0.2+json"))
        {
            throw TrustedRoot.Error(SigstoreErrorCode.UnsupportedVersion, $"The media type '{mediaType.Text()}' is not that of a trusted root 0.1 or 0.2.", mediaType.Pointer);
        }

        return new(
            List(json, "tlogs", Log),
            List(json, "ctlogs", Log),
            List(json, "certificateAuthorities", Authority),
            List(json, "timestampAuthorities", Authority));
    }

    private static T[] List<T>(JsonCursor json, string name, Func<JsonCursor, T> read)
    {
        if (json.Optional(name) is not { IsNull: false } list)
        {
            return [];
        }

        T[] items = [.. list.Items().Take(MaxInstances + 1).Select(read)];
        return items.Length <= MaxInstances ? items : throw TrustedRoot.Error(SigstoreErrorCode.LimitExceeded, $"There are more than {MaxInstances} instances.", list.Pointer);
    }

    private static TrustedLog Log(JsonCursor json)
    {
        var key = json.Member("publicKey");
        var window = Interval(key.Member("validFor"));
        var bytes = Bytes(key.Member("rawBytes"));
        var scheme = Scheme(key.Member("keyDetails").Text(), out var isRsaPublicKey);
        var sha256 = json.Optional("hashAlgorithm") is not { IsNull: false } hash || hash.Text() is "SHA2_256";
        var id = Bytes(json.Member("logId").Member("keyId"));
        SignatureKey? read = null;
        try
        {
            read = scheme is null || !sha256 ? null : isRsaPublicKey ? SignatureKey.FromRsaPublicKey(bytes) : SignatureKey.FromSpki(bytes);
        }
        catch (DerFormatException e)
        {
            throw TrustedRoot.Error(SigstoreErrorCode.Malformed, "The public key is not DER: " + e.Message, key.Pointer + "/rawBytes");
        }

        return id.Length == 32
            ? new(json.Optional("baseUrl") is { IsNull: false } url ? url.Text() : "", id, read, scheme ?? default, window)
            : throw TrustedRoot.Error(SigstoreErrorCode.InvalidMember, "The id of a log has 32 bytes.", json.Pointer + "/logId/keyId");
    }

    private static CertificateAuthority Authority(JsonCursor json)
    {
        var window = Interval(json.Member("validFor"));
        var list = json.Member("certChain").Member("certificates");
        Certificate[] certificates = [.. list.Items().Take(MaxChain + 1).Select(ReadCertificate)];
        return certificates.Length is > 0 and <= MaxChain
            ? new(json.Optional("uri") is { IsNull: false } uri ? uri.Text() : "", new AuthorityChain(certificates), window)
            : throw TrustedRoot.Error(SigstoreErrorCode.LimitExceeded, $"A chain has 1 to {MaxChain} certificates.", list.Pointer);
    }

    private static Certificate ReadCertificate(JsonCursor json)
    {
        var raw = json.Member("rawBytes");
        try
        {
            return CertificateReader.Read(Bytes(raw));
        }
        catch (DerFormatException e)
        {
            throw TrustedRoot.Error(SigstoreErrorCode.Malformed, "This is not a certificate: " + e.Message, raw.Pointer);
        }
    }

    private static ValidityInterval Interval(JsonCursor json)
    {
        var start = Time(json.Member("start"));
        var end = json.Optional("end") is { IsNull: false } last ? Time(last) : (DateTimeOffset?)null;
        return end < start ? throw TrustedRoot.Error(SigstoreErrorCode.InvalidMember, "The interval ends before it starts.", json.Pointer) : new(start, end);
    }

    private static DateTimeOffset Time(JsonCursor json) => ProtobufTime.TryParse(json.Text(), out var time)
        ? time
        : throw TrustedRoot.Error(SigstoreErrorCode.InvalidMember, "This is not a time of RFC 3339.", json.Pointer);

    private static byte[] Bytes(JsonCursor json) => StrictBase64.DecodeEither(json.Text())
        ?? throw TrustedRoot.Error(SigstoreErrorCode.InvalidBase64, "This is not base64.", json.Pointer);

    // sigstore_common.proto, PublicKeyDetails. Null for what is not supported.
    private static SignatureAlgorithm? Scheme(string details, out bool isRsaPublicKey)
    {
        isRsaPublicKey = details is "PKCS1_RSA_PKCS1V5";
        return details switch
        {
            "PKIX_ECDSA_P256_SHA_256" or "PKIX_ECDSA_P384_SHA_256" or "PKIX_ECDSA_P521_SHA_256" => SignatureAlgorithm.EcdsaSha256,
            "PKIX_ECDSA_P384_SHA_384" => SignatureAlgorithm.EcdsaSha384,
            "PKIX_ECDSA_P521_SHA_512" => SignatureAlgorithm.EcdsaSha512,
            "PKIX_ED25519" => SignatureAlgorithm.Ed25519,
            "PKCS1_RSA_PKCS1V5" or "PKIX_RSA_PKCS1V5" or "PKIX_RSA_PKCS1V15_2048_SHA256" or "PKIX_RSA_PKCS1V15_3072_SHA256" or "PKIX_RSA_PKCS1V15_4096_SHA256" => SignatureAlgorithm.RsaSha256,
            _ => null,
        };
    }
}
