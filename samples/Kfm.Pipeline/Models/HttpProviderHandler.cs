using System.Net;
using Kfm.Agent.Codegen.Chat;

namespace Kfm.Pipeline.Models;

/// <summary>What stands between a provider's package and the network: one host, no redirects, no cookies, no more bytes than allowed, no bodies of errors.</summary>
/// <remarks>
/// A package reads the body of an error and puts it into its exception. Here the status alone becomes the exception, and the body is
/// never read, so that no text of the other side reaches a record.
/// </remarks>
internal sealed class HttpProviderHandler : DelegatingHandler
{
    private const long MostBytes = 64L << 20;
    private readonly Uri _endpoint;

    public HttpProviderHandler(Uri endpoint)
        : base(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !endpoint.IsLoopback,
            MaxResponseHeadersLength = 64,
            ConnectTimeout = TimeSpan.FromSeconds(30),
        }) => _endpoint = endpoint;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The endpoint is what the egress check was about.
        if (request.RequestUri is not { } uri || Uri.Compare(uri, _endpoint, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException("A request leaves its endpoint.");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            response.Content = new HttpBoundedContent(response.Content, MostBytes);
            return response;
        }

        var wait = RetryAfter(response);
        var status = (int)response.StatusCode;
        response.Dispose();
        throw new ProviderStatusException(status, wait);
    }

    // A date would need the clocks of both sides to agree, so only seconds count.
    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;
}
