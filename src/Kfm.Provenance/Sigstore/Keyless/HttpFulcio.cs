using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore.Certificates;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>Asks Fulcio for a certificate (fulcio.proto, CreateSigningCertificate, version 2).</summary>
internal sealed class HttpFulcio(HttpClient http)
{
    private readonly HttpExchange _exchange = new(http, KeylessService.CertificateAuthority);

    /// <summary>The leaf certificate for a key, in DER.</summary>
    /// <param name="service">Where Fulcio is.</param>
    /// <param name="key">The key; its signature over the subject of the token proves that the caller has it.</param>
    /// <param name="token">The OIDC token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<byte[]> CertifyAsync(Uri service, SigningKey key, string token, CancellationToken cancellationToken)
    {
        var proof = await key.SignAsync(Encoding.UTF8.GetBytes(OidcToken.Subject(token)), cancellationToken).ConfigureAwait(false);
        var request = JsonRequest.Write(json =>
        {
            json.Object("credentials", c => c.WriteString("oidcIdentityToken", token));
            json.Object("publicKeyRequest", r =>
            {
                r.Object("publicKey", k =>
                {
                    k.WriteString("algorithm", "ECDSA");
                    k.WriteString("content", key.PublicKey.ToPem());
                });
                r.WriteBase64String("proofOfPossession", proof);
            });
        });
        var answer = await _exchange.PostAsync(HttpExchange.Below(service, "/api/v2/signingCert"), request, "application/json", cancellationToken).ConfigureAwait(false);
        return Read(answer, key);
    }

    private byte[] Read(byte[] answer, SigningKey key)
    {
        var json = JsonCursor.OpenForeign(answer, (message, pointer) => _exchange.Error($"the answer cannot be read: {message} (at \"{pointer}\")"));
        var chain = json.Member("signedCertificateEmbeddedSct").Member("chain").Member("certificates").Items().ToList();
        if (chain.Count == 0 || !PemEncoding.TryFind(chain[0].Text(), out var fields) || !chain[0].Text().AsSpan()[fields.Label].SequenceEqual("CERTIFICATE"))
        {
            throw _exchange.Error("the answer has no certificate in PEM");
        }

        var certificate = Convert.FromBase64String(chain[0].Text()[fields.Base64Data]);
        try
        {
            var read = CertificateReader.Read(certificate);
            return read.Spki.Of(read.Raw).SequenceEqual(key.PublicKey.Der.Span) ? certificate : throw _exchange.Error("the certificate is for another key");
        }
        catch (DerFormatException e)
        {
            throw _exchange.Error("the certificate is malformed: " + e.Message, e);
        }
    }
}
