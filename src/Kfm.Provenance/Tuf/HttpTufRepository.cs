using System.Net;
using System.Net.Http.Headers;

namespace Kfm.Provenance.Tuf;

/// <summary>A TUF repository over HTTP.</summary>
public sealed class HttpTufRepository : ITufRepository
{
    private readonly HttpClient _http;
    private readonly Uri _metadata;
    private readonly Uri _targets;

    /// <summary>Creates the repository; nothing is read yet.</summary>
    /// <param name="http">The client to ask with; its time-out and its limits on redirects hold. Stays the caller's.</param>
    /// <param name="metadata">The absolute address of the folder of the metadata.</param>
    /// <param name="targets">The absolute address of the folder of the targets.</param>
    /// <exception cref="ArgumentException">An address is not absolute, or neither http nor https.</exception>
    public HttpTufRepository(HttpClient http, Uri metadata, Uri targets)
    {
        ArgumentNullException.ThrowIfNull(http);
        (_http, _metadata, _targets) = (http, Folder(metadata), Folder(targets));
    }

    /// <inheritdoc/>
    public Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken) =>
        ReadAsync(_metadata, name, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken) =>
        ReadAsync(_targets, path, limit, cancellationToken);

    private static Uri Folder(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("An absolute http or https address is needed.", nameof(address));
        }

        return address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    // Both parts are joined as text: resolving a reference would let a name like "//host" or "..%2F" lead elsewhere.
    private async Task<byte[]?> ReadAsync(Uri folder, string name, int limit, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(folder.AbsoluteUri + name));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Gone)
            {
                return null;
            }

            if (!answer.IsSuccessStatusCode)
            {
                throw new TufException(TufFailure.Unreachable, name, $"the repository answered with status {(int)answer.StatusCode}; try again later");
            }

            using var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await TufBytes.ReadAsync(body, name, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TufException(TufFailure.Unreachable, name, "the repository could not be reached: " + e.Message, e);
        }
    }
}
