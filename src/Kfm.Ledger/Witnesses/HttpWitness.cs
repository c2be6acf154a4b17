using System.Net.Http.Headers;
using System.Text;

namespace Kfm.Ledger.Witnesses;

/// <summary>A witness reached over HTTP (C2SP tlog-witness). It connects only where its caller says.</summary>
public sealed class HttpWitness : IWitnessEndpoint
{
    private const int MaxResponseBytes = 64 * 1024;
    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <summary>Creates a client.</summary>
    /// <param name="client">The client to send with; it stays the caller's, with its timeout.</param>
    /// <param name="submissionPrefix">The submission prefix of the witness, http or https.</param>
    /// <exception cref="ArgumentException">The prefix is not an absolute address.</exception>
    public HttpWitness(HttpClient client, Uri submissionPrefix)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(submissionPrefix);
        if (!submissionPrefix.IsAbsoluteUri || submissionPrefix.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("The submission prefix is an absolute address of http or https.", nameof(submissionPrefix));
        }

        _client = client;
        _address = new Uri(submissionPrefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
    }

    /// <inheritdoc/>
    public async Task<WitnessResponse> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return new WitnessResponse(
                (int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WitnessException($"The witness at '{_address}' cannot be reached: {e.Message}", e);
        }
    }

    private async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxResponseBytes + 1];
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length <= MaxResponseBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw new WitnessException($"The witness at '{_address}' answers with more than {MaxResponseBytes} bytes.");
    }
}
