using System.Security.Cryptography;
using System.Text.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Keyless;

namespace Kfm.Provenance.Sigstore;

/// <summary>Signs without a key of one's own: an identity token gets a certificate for a key that lives for one signature, and logs witness it.</summary>
/// <remarks>All addresses come from the signing configuration. Verify what it makes before it is used: the services are not trusted here.</remarks>
public sealed class HttpKeylessSigner
{
    private readonly SigningConfig _config;
    private readonly TimeProvider _clock;
    private readonly HttpFulcio _fulcio;
    private readonly HttpRekor _rekor;
    private readonly HttpTimestampAuthority _stamps;

    /// <summary>Creates a signer; nothing is asked yet.</summary>
    /// <param name="config">Where to sign.</param>
    /// <param name="http">The client to ask with; its time-out holds. Stays the caller's.</param>
    /// <param name="clock">Which services of the configuration are in use.</param>
    public HttpKeylessSigner(SigningConfig config, HttpClient http, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(clock);
        (_config, _clock) = (config, clock);
        (_fulcio, _rekor, _stamps) = (new(http), new(http), new(http));
    }

    /// <summary>
    /// Logs the hash of an envelope's encoding in Rekor v2 instead of the envelope, as its newest specification has it; older verifiers do
    /// not accept that.
    /// </summary>
    public bool LogsEnvelopesAsHash { get; init; }

    /// <summary>Signs an artifact directly.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="token">The OIDC token of the signer, with the audience of the instance.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A bundle of version 0.3.</returns>
    /// <exception cref="KeylessSigningException">The token is none, or a service failed or refused.</exception>
    public Task<SigstoreBundle> SignAsync(ReadOnlyMemory<byte> artifact, string token, CancellationToken cancellationToken = default) =>
        SignAsync(artifact, null, default, token, cancellationToken);

    /// <summary>Signs a payload in an envelope (DSSE), such as an in-toto statement.</summary>
    /// <param name="payloadType">The type of the payload, not empty.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="token">The OIDC token of the signer, with the audience of the instance.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A bundle of version 0.3.</returns>
    /// <exception cref="KeylessSigningException">The token is none, or a service failed or refused.</exception>
    public Task<SigstoreBundle> SignEnvelopeAsync(string payloadType, ReadOnlyMemory<byte> payload, string token, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(payloadType);
        return SignAsync(DsseEnvelope.Pae(payloadType, payload.Span), payloadType, payload, token, cancellationToken);
    }

    private async Task<SigstoreBundle> SignAsync(ReadOnlyMemory<byte> message, string? payloadType, ReadOnlyMemory<byte> payload, string token, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        var now = _clock.GetUtcNow();
        var authority = Choose(new ServiceSelection(1), _config.Authorities, now, KeylessService.CertificateAuthority, 1)[0];
        var logs = Choose(_config.LogSelection, _config.Logs, now, KeylessService.TransparencyLog, 1, 2);
        var stamps = Choose(_config.TimestampSelection, _config.TimestampAuthorities, now, KeylessService.TimestampAuthority, 1);
        using var key = EcdsaSigningKey.Create();
        var certificate = await _fulcio.CertifyAsync(authority.Url, key, token, cancellationToken).ConfigureAwait(false);
        var signature = key.Sign(message.Span);
        List<byte[]> times = [];
        foreach (var service in stamps)
        {
            times.Add(await _stamps.StampAsync(service.Url, signature, cancellationToken).ConfigureAwait(false));
        }

        var digest = SHA256.HashData(message.Span);
        List<LogEntry> entries = [];
        foreach (var service in logs)
        {
            var request = new LogRequest(digest, signature, certificate)
            {
                Envelope = payloadType is null || (service.Version > 1 && LogsEnvelopesAsHash) ? null : Envelope(payloadType, payload.Span, signature),
            };
            entries.Add(await _rekor.LogAsync(service, request, cancellationToken).ConfigureAwait(false));
        }

        return new SigstoreBundle(BundleVersion.V03)
        {
            Certificates = [certificate],
            LogEntries = [.. entries],
            Timestamps = [.. times],
            Signature = signature,
            MessageDigest = payloadType is null ? digest : null,
            PayloadType = payloadType,
            Payload = payloadType is null ? null : payload.ToArray(),
        };
    }

    private static List<SigningService> Choose(ServiceSelection selection, SigningService[] services, DateTimeOffset now, KeylessService kind, params ReadOnlySpan<int> versions)
    {
        // An instance without timestamp authorities names none; its log tells the time.
        if (services.Length == 0 && kind == KeylessService.TimestampAuthority)
        {
            return [];
        }

        return selection.Choose(services, now, versions) is { Count: > 0 } chosen
            ? chosen
            : throw new KeylessSigningException(kind, "the signing configuration names too few services that are in use and speak a known version; fetch a newer one");
    }

    private static byte[] Envelope(string payloadType, ReadOnlySpan<byte> payload, byte[] signature)
    {
        var bytes = payload.ToArray();
        return JsonRequest.Write(json =>
        {
            json.WriteBase64String("payload", bytes);
            json.WriteString("payloadType", payloadType);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteBase64String("sig", signature);
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }
}
