using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Signing;

/// <summary>A DSSE envelope: a payload, its type, and signatures over both (Dead Simple Signing Envelope 1.0).</summary>
public sealed class DsseEnvelope
{
    private DsseEnvelope(string payloadType, ReadOnlyMemory<byte> payload, IReadOnlyList<DsseSignature> signatures)
    {
        PayloadType = payloadType;
        Payload = payload;
        Signatures = signatures;
    }

    /// <summary>What the payload is; usually a media type.</summary>
    public string PayloadType { get; }

    /// <summary>The payload, not verified. Take <see cref="DsseVerification.Payload"/> for anything that matters.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signatures, at least one, in the order of the envelope.</summary>
    public IReadOnlyList<DsseSignature> Signatures { get; }

    /// <summary>The bytes that are signed: the pre-authentication encoding of the type and the payload (DSSE protocol, PAE).</summary>
    /// <param name="payloadType">The payload type.</param>
    /// <param name="payload">The payload.</param>
    public static byte[] Pae(string payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(payloadType);
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "));
        return [.. head, .. payload];
    }

    /// <summary>Signs a payload with one or more keys.</summary>
    /// <param name="payloadType">The payload type, not empty.</param>
    /// <param name="payload">The payload; it is copied.</param>
    /// <param name="keys">The keys, at least one, each once.</param>
    /// <exception cref="ArgumentException">There is no key, a key stands twice, or the type is empty or not Unicode.</exception>
    public static DsseEnvelope Sign(string payloadType, ReadOnlySpan<byte> payload, params IReadOnlyList<SigningKey> keys)
    {
        Check(payloadType, keys);
        var message = Pae(payloadType, payload);
        return new DsseEnvelope(payloadType, payload.ToArray(), [.. keys.Select(k => new DsseSignature(k.KeyId, k.Sign(message)))]);
    }

    /// <summary>Signs like <see cref="Sign"/> with keys that may lie in a key service, one after the other.</summary>
    /// <param name="payloadType">The payload type, not empty.</param>
    /// <param name="payload">The payload; it is copied.</param>
    /// <param name="keys">The keys, at least one, each once.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">There is no key, a key stands twice, or the type is empty or not Unicode.</exception>
    public static async Task<DsseEnvelope> SignAsync(
        string payloadType, ReadOnlyMemory<byte> payload, IReadOnlyList<SigningKey> keys, CancellationToken cancellationToken = default)
    {
        Check(payloadType, keys);
        var message = Pae(payloadType, payload.Span);
        List<DsseSignature> signatures = [];
        foreach (var key in keys)
        {
            signatures.Add(new DsseSignature(key.KeyId, await key.SignAsync(message, cancellationToken).ConfigureAwait(false)));
        }

        return new DsseEnvelope(payloadType, payload.ToArray(), signatures);
    }

    /// <summary>The same envelope with the signatures of further keys at its end.</summary>
    /// <param name="keys">The keys, at least one, each once.</param>
    /// <exception cref="ArgumentException">There is no key, or a key stands twice.</exception>
    public DsseEnvelope With(params IReadOnlyList<SigningKey> keys)
    {
        Check(PayloadType, keys);
        var message = Pae(PayloadType, Payload.Span);
        return new DsseEnvelope(PayloadType, Payload, [.. Signatures, .. keys.Select(k => new DsseSignature(k.KeyId, k.Sign(message)))]);
    }

    /// <summary>Reads an envelope in JSON.</summary>
    /// <param name="utf8">The JSON text, at most 64 MiB, with at most 64 signatures. Unknown members are ignored, duplicates refused.</param>
    /// <exception cref="DsseFormatException">The text is not an envelope.</exception>
    public static DsseEnvelope Parse(ReadOnlyMemory<byte> utf8)
    {
        var (type, payload, signatures) = DsseReader.Read(utf8);
        return new DsseEnvelope(type, payload, signatures);
    }

    /// <summary>The envelope in canonical JSON (RFC 8785) with a newline at the end; bytes are in standard base64.</summary>
    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("payload", Payload.Span);
            writer.WriteString("payloadType", PayloadType);
            writer.WriteStartArray("signatures");
            foreach (var signature in Signatures)
            {
                writer.WriteStartObject();
                if (signature.KeyId is { } keyId)
                {
                    writer.WriteString("keyid", keyId);
                }

                writer.WriteBase64String("sig", signature.Value.Span);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return [.. CanonicalJson.Canonicalize(output.WrittenSpan), (byte)'\n'];
    }

    /// <summary>Counts the distinct trusted keys that signed this envelope. However often a key signed, and by whatever schemes, it counts once.</summary>
    /// <param name="keys">The keys that the caller trusts. Key ids in the envelope are not consulted.</param>
    /// <param name="threshold">How many distinct keys must have signed, at least 1.</param>
    /// <param name="payloadType">The type that the payload must have, or null for any: a signed payload of another type is another claim.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is less than 1.</exception>
    public DsseVerification Verify(IReadOnlyCollection<VerificationKey> keys, int threshold = 1, string? payloadType = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        if (payloadType is not null && !string.Equals(payloadType, PayloadType, StringComparison.Ordinal))
        {
            return new DsseVerification([], PayloadType, Payload, $"The payload is of the type '{PayloadType}', not '{payloadType}'.");
        }

        var message = Pae(PayloadType, Payload.Span);
        var verified = keys.Where(key => Signatures.Any(s => HasSigned(key, message, s.Value.Span))).Distinct().ToList();
        var reason = verified.Count >= threshold
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{verified.Count} of the trusted keys signed this envelope; {threshold} must.");
        return new DsseVerification(verified, PayloadType, Payload, reason);
    }

    private static void Check(string payloadType, IReadOnlyList<SigningKey> keys)
    {
        ArgumentException.ThrowIfNullOrEmpty(payloadType);
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0 || keys.DistinctBy(k => k.KeyId, StringComparer.Ordinal).Count() != keys.Count)
        {
            throw new ArgumentException("Sign with at least one key, and with each key once.", nameof(keys));
        }

        if (!Utf16.IsValid(payloadType))
        {
            throw new ArgumentException("The payload type holds half of a surrogate pair.", nameof(payloadType));
        }
    }

    private static bool HasSigned(VerificationKey key, byte[] message, ReadOnlySpan<byte> signature) =>
        key.Verify(message, signature) || key.VerifyFixed(message, signature);
}
