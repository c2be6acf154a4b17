using System.Globalization;
using System.Net;
using System.Text;
using Kfm.Gates.Rego.Builtins;

namespace Kfm.Gates.Rego;

/// <summary>A network for <c>http.send</c> and <c>net.lookup_ip_addr</c> over sockets, with an explicit list of hosts and limits of time and size.</summary>
/// <remarks>
/// Asks only hosts of the list, also behind redirects, which are followed only where a request says <c>enable_redirect</c>. No proxy, no cookies, no cache,
/// no credentials of its own. The members <c>tls_*</c> of requests other than <c>tls_use_system_certs</c> are refused: which certificates count is decided by the host, not by policies.
/// What is asked twice in one query is sent once.
/// </remarks>
public sealed class HttpRegoNetwork : RegoNetwork, IDisposable
{
    private const int MaxRedirects = 10;
    private readonly HttpClient _http;
    private readonly HashSet<string> _hosts;

    /// <summary>Creates the network; nothing is asked yet.</summary>
    /// <param name="hosts">The hosts: <c>api.example.com</c> for the standard ports, <c>localhost:8080</c> for that port only. No patterns.</param>
    /// <exception cref="ArgumentException">A host is empty or holds anything but a name or address and a port.</exception>
    public HttpRegoNetwork(IEnumerable<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        _hosts = new HashSet<string>(hosts.Select(Checked), StringComparer.OrdinalIgnoreCase);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        _http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>The longest time for one request with its redirects; a request may ask for less. The default is 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest body of a response, in bytes. The default is 1 MiB; a longer one is an error.</summary>
    public int MaxResponseBytes { get; init; } = 1 << 20;

    /// <inheritdoc/>
    /// <exception cref="IOException">The host is not of the list, the request cannot be made of its members, or the response is too long.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached or does not speak HTTP.</exception>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public override RegoValue? Send(RegoObject request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return Ask(request, cancellationToken);
        }
        catch (Exception e) when (request.Member("raise_error") is RegoBoolean { Value: false } && e is IOException or HttpRequestException or TimeoutException)
        {
            return HttpMessages.Failure(e.Message);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The host is not of the list.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address.</exception>
    public override IEnumerable<IPAddress> Resolve(string host, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return _hosts.Any(h => string.Equals(h, host, StringComparison.OrdinalIgnoreCase) || h.StartsWith(host + ":", StringComparison.OrdinalIgnoreCase))
            ? Dns.GetHostAddresses(host)
            : throw Refused(host);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static string Checked(string host) =>
        Uri.TryCreate("http://" + host, UriKind.Absolute, out var uri) && uri is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" } && !host.EndsWith('/')
            && uri.Host.Length > 0 && !uri.Host.Contains('*', StringComparison.Ordinal)
            ? uri.IsDefaultPort && !host.EndsWith(":80", StringComparison.Ordinal) ? uri.Host : string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}")
            : throw new ArgumentException($"'{host}' is not a host; write a name or address and, where it is not the standard one, a port.", nameof(host));

    private static IOException Refused(string host) => new($"the host {host} is not allowed; add it to the hosts of the network");

    private RegoObject Ask(RegoObject request, CancellationToken cancellationToken)
    {
        var limit = HttpMessages.Timeout(request) is { } asked && asked < Timeout ? asked : Timeout;
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        try
        {
            return Exchange(request, source.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no response within {limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", e);
        }
        catch (OperationCanceledException e)
        {
            throw new IOException("cancelled", e);
        }
    }

    private RegoObject Exchange(RegoObject request, CancellationToken token)
    {
        var address = Allowed(HttpMessages.Address(request));
        var follows = request.Member("enable_redirect") is RegoBoolean { Value: true };
        var method = HttpMessages.Method(request);
        for (var i = 0; i <= MaxRedirects; i++)
        {
            using var message = HttpMessages.Request(request, method, address);
            using var response = _http.Send(message, HttpCompletionOption.ResponseHeadersRead, token);
            var next = follows && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;
            if (next is null || !Uri.TryCreate(address, next, out var target))
            {
                return HttpMessages.Response(request, response, Body(response, token));
            }

            // As browsers and Go do: what is moved is fetched again.
            method = (int)response.StatusCode is 307 or 308 || method == HttpMethod.Head ? method : HttpMethod.Get;
            address = Allowed(target);
        }

        throw new IOException($"stopped after {MaxRedirects} redirects");
    }

    private Uri Allowed(Uri address)
    {
        var port = string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
        return _hosts.Contains(port) || (address.IsDefaultPort && _hosts.Contains(address.Host)) ? address : throw Refused(address.Authority);
    }

    private byte[] Body(HttpResponseMessage response, CancellationToken token)
    {
        using var body = response.Content.ReadAsStream(token);

        // Reading does not look at the token: closing the response ends it.
        using var closing = token.Register(static r => ((HttpResponseMessage)r!).Dispose(), response);
        var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        try
        {
            for (var read = body.Read(buffer); read > 0; read = body.Read(buffer))
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxResponseBytes)
                {
                    throw new IOException($"the response has more than {MaxResponseBytes} bytes");
                }
            }
        }
        catch (Exception e) when (token.IsCancellationRequested && e is IOException or ObjectDisposedException)
        {
            throw new OperationCanceledException(e.Message, e, token);
        }

        return bytes.ToArray();
    }
}
