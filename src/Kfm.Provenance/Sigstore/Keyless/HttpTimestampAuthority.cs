using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Timestamps;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>Asks a timestamp authority (RFC 3161, 3.4).</summary>
internal sealed class HttpTimestampAuthority(HttpClient http)
{
    private const int NonceBytes = 16;
    private readonly HttpExchange _exchange = new(http, KeylessService.TimestampAuthority);

    /// <summary>A response in DER over the SHA-256 of a signature.</summary>
    public async Task<byte[]> StampAsync(Uri service, byte[] signature, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(signature);
        var address = service.AbsolutePath == "/" ? HttpExchange.Below(service, "/api/v1/timestamp") : service;
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        nonce[0] = (byte)((nonce[0] & 0x3f) | 0x40);
        var answer = await _exchange.TryPostAsync(
            address, Query(digest, nonce), "application/timestamp-query", [HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType], cancellationToken).ConfigureAwait(false);

        // The interface of Sigstore's own authority takes JSON too, and there are some that take nothing else.
        if (answer is null)
        {
            nonce = [];
            answer = await _exchange.PostAsync(address, JsonQuery(digest), "application/json", cancellationToken).ConfigureAwait(false);
        }

        Check(answer, digest, nonce);
        return answer;
    }

    // RFC 3161, 2.4.1, TimeStampReq.
    private static byte[] Query(byte[] digest, byte[] nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                    writer.WriteNull();
                }

                writer.WriteOctetString(digest);
            }

            writer.WriteInteger(nonce);
            writer.WriteBoolean(true);
        }

        return writer.Encode();
    }

    private static byte[] JsonQuery(byte[] digest) => JsonRequest.Write(json =>
    {
        json.WriteBase64String("artifactHash", digest);
        json.WriteBoolean("certificates", true);
        json.WriteString("hashAlgorithm", "sha256");
    });

    private void Check(byte[] answer, byte[] digest, byte[] nonce)
    {
        try
        {
            var token = TimestampToken.Read(answer);
            if (token.Status > 1 || !token.Imprint.Of(answer).SequenceEqual(digest) || (nonce.Length > 0 && !token.Nonce.Of(answer).SequenceEqual(nonce)))
            {
                throw _exchange.Error("the authority did not stamp what it was asked to");
            }
        }
        catch (DerFormatException e)
        {
            throw _exchange.Error("the answer is not a timestamp: " + e.Message, e);
        }
    }
}
