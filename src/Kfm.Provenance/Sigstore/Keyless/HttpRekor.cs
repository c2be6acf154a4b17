using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Sigstore.Bundles;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>Logs signatures in Rekor: version 1 (openapi.yaml, createLogEntry) and version 2 (rekor/v2/entry.proto, CreateEntryRequest).</summary>
internal sealed class HttpRekor(HttpClient http)
{
    private const string KeyDetails = "PKIX_ECDSA_P256_SHA_256";
    private readonly HttpExchange _exchange = new(http, KeylessService.TransparencyLog);

    public async Task<LogEntry> LogAsync(SigningService service, LogRequest request, CancellationToken cancellationToken)
    {
        var (path, body) = service.Version == 1 ? ("/api/v1/log/entries", Version1(request)) : ("/api/v2/log/entries", Version2(request));
        var answer = await _exchange.PostAsync(HttpExchange.Below(service.Url, path), body, "application/json", cancellationToken).ConfigureAwait(false);
        return service.Version == 1 ? ReadVersion1(answer) : ReadVersion2(answer);
    }

    private static byte[] Version1(LogRequest request)
    {
        var pem = Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", request.Certificate) + "\n");
        return JsonRequest.Write(json =>
        {
            json.WriteString("apiVersion", "0.0.1");
            json.WriteString("kind", request.Envelope is null ? "hashedrekord" : "dsse");
            json.Object("spec", spec =>
            {
                if (request.Envelope is { } envelope)
                {
                    spec.Object("proposedContent", content =>
                    {
                        content.WriteString("envelope", envelope);
                        content.WriteStartArray("verifiers");
                        content.WriteBase64StringValue(pem);
                        content.WriteEndArray();
                    });
                    return;
                }

                spec.Object("data", data => data.Object("hash", hash =>
                {
                    hash.WriteString("algorithm", "sha256");
                    hash.WriteString("value", Convert.ToHexStringLower(request.Digest));
                }));
                spec.Object("signature", signature =>
                {
                    signature.WriteBase64String("content", request.Signature);
                    signature.Object("publicKey", key => key.WriteBase64String("content", pem));
                });
            });
        });
    }

    private static byte[] Version2(LogRequest request) => JsonRequest.Write(json =>
    {
        if (request.Envelope is { } envelope)
        {
            json.Object("dsseRequestV002", dsse =>
            {
                dsse.WritePropertyName("envelope");
                dsse.WriteRawValue(envelope);
                dsse.WriteStartArray("verifiers");
                dsse.WriteStartObject();
                Verifier(dsse, request);
                dsse.WriteEndObject();
                dsse.WriteEndArray();
            });
            return;
        }

        json.Object("hashedRekordRequestV002", record =>
        {
            record.WriteBase64String("digest", request.Digest);
            record.Object("signature", signature =>
            {
                signature.WriteBase64String("content", request.Signature);
                signature.Object("verifier", verifier => Verifier(verifier, request));
            });
        });
    });

    private static void Verifier(Utf8JsonWriter json, LogRequest request)
    {
        json.WriteString("keyDetails", KeyDetails);
        json.Object("x509Certificate", certificate => certificate.WriteBase64String("rawBytes", request.Certificate));
    }

    private LogEntry ReadVersion2(byte[] answer)
    {
        try
        {
            var walk = new JsonWalk(answer, SigstoreStage.LogEntry);
            var entry = LogEntryReader.Read(ref walk);
            walk.End();
            return entry.Proof?.Checkpoint is not null ? entry : throw _exchange.Error("the answer has no inclusion proof with a checkpoint");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or SigstoreFormatException)
        {
            throw _exchange.Error("the answer cannot be read: " + e.Message, e);
        }
    }

    // One member, named by the entry's id, holds the entry.
    private LogEntry ReadVersion1(byte[] answer)
    {
        var json = JsonCursor.OpenForeign(answer, (message, pointer) => _exchange.Error($"the answer cannot be read: {message} (at \"{pointer}\")"));
        var members = json.Members().ToList();
        var entry = members.Count == 1 ? members[0].Value : throw _exchange.Error($"the answer has {members.Count} entries, one is expected");
        var verification = entry.Member("verification");
        var proof = verification.Member("inclusionProof");
        var body = Bytes(entry.Member("body"));
        var form = JsonCursor.OpenForeign(body, (message, pointer) => _exchange.Error($"the body of the entry cannot be read: {message} (at \"{pointer}\")"));
        return new()
        {
            LogIndex = entry.Member("logIndex").Integer(),
            LogId = Hex(entry.Member("logID")),
            Kind = form.Member("kind").Text(),
            Version = form.Member("apiVersion").Text(),
            IntegratedTime = entry.Member("integratedTime").Integer(),
            Promise = Bytes(verification.Member("signedEntryTimestamp")),
            Proof = new(
                (ulong)proof.Member("logIndex").Integer(),
                (ulong)proof.Member("treeSize").Integer(),
                MerkleHash.FromBytes(Hex(proof.Member("rootHash"))),
                [.. proof.Member("hashes").Items().Select(h => MerkleHash.FromBytes(Hex(h)))],
                Encoding.UTF8.GetBytes(proof.Member("checkpoint").Text())),
            Body = body,
        };
    }

    private byte[] Bytes(JsonCursor json) => Base64Text.Decode(Encoding.UTF8.GetBytes(json.Text()))
        ?? throw _exchange.Error($"the answer cannot be read: this is not base64 (at \"{json.Pointer}\")");

    private byte[] Hex(JsonCursor json)
    {
        var text = json.Text();
        var bytes = new byte[MerkleHash.Size];
        return text.Length == 2 * bytes.Length && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? bytes
            : throw _exchange.Error($"the answer cannot be read: 32 bytes in hexadecimal digits are expected (at \"{json.Pointer}\")");
    }
}
