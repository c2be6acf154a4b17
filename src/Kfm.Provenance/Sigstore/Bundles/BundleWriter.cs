using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>Writes bundles of version 0.3 in JSON.</summary>
internal static class BundleWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(SigstoreBundle bundle)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
            json.WriteStartObject("verificationMaterial");
            Signer(json, bundle);
            Entries(json, bundle.LogEntries);
            Timestamps(json, bundle.Timestamps);
            json.WriteEndObject();
            Content(json, bundle);
            json.WriteEndObject();
        }

        return [.. output.WrittenSpan, (byte)'\n'];
    }

    private static void Signer(Utf8JsonWriter json, SigstoreBundle bundle)
    {
        json.WriteStartObject(bundle.HasCertificate ? "certificate" : "publicKey");
        if (bundle.HasCertificate)
        {
            json.WriteBase64String("rawBytes", bundle.Certificates[0]);
        }
        else
        {
            json.WriteString("hint", bundle.KeyHint);
        }

        json.WriteEndObject();
    }

    private static void Entries(Utf8JsonWriter json, LogEntry[] entries)
    {
        json.WriteStartArray("tlogEntries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("logIndex", Number(entry.LogIndex));
            json.WriteStartObject("logId");
            json.WriteBase64String("keyId", entry.LogId);
            json.WriteEndObject();
            json.WriteStartObject("kindVersion");
            json.WriteString("kind", entry.Kind);
            json.WriteString("version", entry.Version);
            json.WriteEndObject();
            json.WriteString("integratedTime", Number(entry.IntegratedTime));
            if (entry.Promise is { } promise)
            {
                json.WriteStartObject("inclusionPromise");
                json.WriteBase64String("signedEntryTimestamp", promise);
                json.WriteEndObject();
            }

            if (entry.Proof is { } proof)
            {
                Proof(json, proof);
            }

            json.WriteBase64String("canonicalizedBody", entry.Body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Proof(Utf8JsonWriter json, InclusionProof proof)
    {
        json.WriteStartObject("inclusionProof");
        json.WriteString("logIndex", Number((long)proof.LogIndex));
        json.WriteBase64String("rootHash", proof.Root.ToBytes());
        json.WriteString("treeSize", Number((long)proof.TreeSize));
        json.WriteStartArray("hashes");
        foreach (var hash in proof.Hashes)
        {
            json.WriteBase64StringValue(hash.ToBytes());
        }

        json.WriteEndArray();
        if (proof.Checkpoint is { } checkpoint)
        {
            json.WriteStartObject("checkpoint");
            json.WriteString("envelope", checkpoint);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Timestamps(Utf8JsonWriter json, byte[][] timestamps)
    {
        if (timestamps.Length == 0)
        {
            return;
        }

        json.WriteStartObject("timestampVerificationData");
        json.WriteStartArray("rfc3161Timestamps");
        foreach (var timestamp in timestamps)
        {
            json.WriteStartObject();
            json.WriteBase64String("signedTimestamp", timestamp);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Content(Utf8JsonWriter json, SigstoreBundle bundle)
    {
        if (bundle.Payload is { } payload)
        {
            json.WriteStartObject("dsseEnvelope");
            json.WriteBase64String("payload", payload);
            json.WriteString("payloadType", bundle.PayloadType);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteBase64String("sig", bundle.Signature);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("messageSignature");
        if (bundle.MessageDigest is { } digest)
        {
            json.WriteStartObject("messageDigest");
            json.WriteString("algorithm", digest.Length switch { 32 => "SHA2_256", 48 => "SHA2_384", _ => "SHA2_512" });
            json.WriteBase64String("digest", digest);
            json.WriteEndObject();
        }

        json.WriteBase64String("signature", bundle.Signature);
        json.WriteEndObject();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
