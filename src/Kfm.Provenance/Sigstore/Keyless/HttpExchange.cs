using System.Net;
using System.Net.Http.Headers;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>Asks a service and reads its answer within a limit.</summary>
internal sealed class HttpExchange(HttpClient http, KeylessService service)
{
    private const int MaxAnswer = 4 * 1024 * 1024;
    private const int MaxQuoted = 300;

    public KeylessService Service => service;

    public KeylessSigningException Error(string message, Exception? inner = null) => new(service, message, inner);

    /// <summary>The body of a successful answer.</summary>
    /// <exception cref="KeylessSigningException">The service refused, or could not be reached.</exception>
    public async Task<byte[]> PostAsync(Uri address, byte[] body, string mediaType, CancellationToken cancellationToken) =>
        await TryPostAsync(address, body, mediaType, refusals: [], cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>The same; null when the service answers with one of some refusals.</summary>
    public async Task<byte[]?> TryPostAsync(Uri address, byte[] body, string mediaType, HttpStatusCode[] refusals, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType == "application/timestamp-query" ? "application/timestamp-reply" : "*/*"));
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var bytes = await ReadAsync(answer, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? bytes
                : refusals.Contains(answer.StatusCode) ? null
                : throw Error($"{address} answered with status {(int)answer.StatusCode}: {Quote(bytes)}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Error($"{address} could not be reached: {e.Message}", e);
        }
    }

    public static Uri Below(Uri service, string path) => new(service.AbsoluteUri.TrimEnd('/') + path);

    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (read.Length > MaxAnswer)
            {
                throw Error($"the answer has more than {MaxAnswer} bytes");
            }
        }

        return read.ToArray();
    }

    private static string Quote(byte[] bytes)
    {
        var text = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, MaxQuoted)));
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
