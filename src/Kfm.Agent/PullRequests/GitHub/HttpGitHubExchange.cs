using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>Sends requests to GitHub's REST API: one at a time, within limits, again after failures in passing, and never elsewhere.</summary>
internal sealed class HttpGitHubExchange : IDisposable
{
    private const int MaxRedirects = 3;
    private readonly HttpClient _http;
    private readonly GitHubOptions _options;
    private readonly string _base;

    public HttpGitHubExchange(HttpMessageHandler handler, GitHubOptions options)
    {
        var address = options.BaseAddress;
        if (!address.IsAbsoluteUri || !(address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) || address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0)
        {
            throw new GitHubException("", null, "the base address must be https, because the token goes there (http to this machine only), without user, query and fragment.");
        }

        (_options, _base) = (options, address.AbsoluteUri.TrimEnd('/'));
        _http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public GitHubOptions Options => _options;

    public void Dispose() => _http.Dispose();

    /// <summary>The path below the repository.</summary>
    public string Repository(string path) => $"/repos/{_options.Repository}{path}";

    /// <summary>Reads a document; null where there is none.</summary>
    public async Task<T?> TryGetAsync<T>(string path, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(HttpMethod.Get, _base + path, null, repeat: true, cancellationToken).ConfigureAwait(false);
        return answer.Status == 404 ? null : Read(HttpMethod.Get, path, Granted(HttpMethod.Get, path, answer), contract);
    }

    /// <summary>Reads a document.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(HttpMethod.Get, _base + path, null, repeat: true, cancellationToken).ConfigureAwait(false);
        return Read(HttpMethod.Get, path, Granted(HttpMethod.Get, path, answer), contract);
    }

    /// <summary>Reads all pages of a list, as the links in the answers say.</summary>
    public async Task<List<T>> ListAsync<T>(string path, JsonTypeInfo<T[]> contract, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        string? next = _base + path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "per_page=100";
        for (var page = 1; next is not null; page++)
        {
            if (page > _options.MaxPages)
            {
                throw Error(HttpMethod.Get, path, null, $"the list has more than {_options.MaxPages} pages");
            }

            var answer = Granted(HttpMethod.Get, path, await SendAsync(HttpMethod.Get, next, null, repeat: true, cancellationToken).ConfigureAwait(false));
            items.AddRange(Read(HttpMethod.Get, path, answer, contract));
            next = answer.Link is { } link ? GitHubLink.Next(link) : null;
            if (next is not null && !IsOwn(next))
            {
                throw Error(HttpMethod.Get, path, answer.Status, "the next page is on another host, and the token does not go there");
            }
        }

        return items;
    }

    /// <summary>Makes a change; gives the answer whatever its status.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The document to send, or null.</param>
    /// <param name="repeat">Whether it may be made twice, so that it is made again after a failure of which nobody knows whether it was made.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<GitHubAnswer> ChangeAsync(HttpMethod method, string path, byte[]? body, bool repeat, CancellationToken cancellationToken) =>
        SendAsync(method, _base + path, body, repeat, cancellationToken);

    /// <summary>The answer, when it was granted.</summary>
    /// <exception cref="GitHubException">It was not.</exception>
    public GitHubAnswer Granted(HttpMethod method, string path, GitHubAnswer answer) => answer.IsSuccess
        ? answer
        : throw Error(method, path, answer.Status, answer.Message + Advice(answer.Status));

    /// <summary>Reads a document from an answer.</summary>
    public T Read<T>(HttpMethod method, string path, GitHubAnswer answer, JsonTypeInfo<T> contract)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, contract) ?? throw Error(method, path, answer.Status, "the answer is null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw Error(method, path, answer.Status, "the answer is not what the REST API documents: " + e.Message);
        }
    }

    /// <summary>Looks for something and makes it when it is not there. After a failure in passing it looks again before it makes it again.</summary>
    public async Task<T> FindOrCreateAsync<T>(Func<Task<T?>> find, Func<Task<T>> create, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await find().ConfigureAwait(false) is { } found)
            {
                return found;
            }

            try
            {
                return await create().ConfigureAwait(false);
            }
            catch (GitHubException e) when (e.IsPassing && attempt < _options.Attempts)
            {
                await WaitAsync(GitHubWait.AfterFailure(attempt, _options.LongestWait), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<GitHubAnswer> SendAsync(HttpMethod method, string address, byte[]? body, bool repeat, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var last = attempt >= _options.Attempts;
            GitHubAnswer answer;
            try
            {
                answer = await FollowAsync(method, address, body, cancellationToken).ConfigureAwait(false);
            }
            catch (GitHubException e) when (e.IsPassing && repeat && !last)
            {
                await WaitAsync(GitHubWait.AfterFailure(attempt, _options.LongestWait), cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (GitHubWait.IsLimit(answer))
            {
                // A limit is told before anything is done, so every request may be made again after it.
                await WaitForLimitAsync(method, address, answer, attempt, last, cancellationToken).ConfigureAwait(false);
            }
            else if (answer.Status < 500)
            {
                return answer;
            }
            else if (!repeat || last)
            {
                throw Passing(method, address, answer.Status, answer.Message + "; try again later");
            }
            else
            {
                await WaitAsync(GitHubWait.AfterFailure(attempt, _options.LongestWait), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitForLimitAsync(HttpMethod method, string address, GitHubAnswer answer, int attempt, bool last, CancellationToken cancellationToken)
    {
        var now = _options.Time.GetUtcNow();
        var wait = GitHubWait.AfterLimit(answer, attempt, now);
        if (last || wait > _options.LongestWait)
        {
            var until = (now + wait).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            throw Error(method, PathOf(address), answer.Status, $"the rate limit is exceeded until {until}; try again then ({answer.Message})");
        }

        await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, _options.Time, cancellationToken);

    // The handler may not follow by itself: only here it is known that the token stays with its host.
    private async Task<GitHubAnswer> FollowAsync(HttpMethod method, string address, byte[]? body, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            var answer = await OnceAsync(method, address, body, cancellationToken).ConfigureAwait(false);
            if (!answer.IsRedirect)
            {
                return answer;
            }

            var target = answer.Location is { } location ? new Uri(new Uri(address), location).AbsoluteUri : "";
            if (!IsOwn(target) || hop == MaxRedirects || (method != HttpMethod.Get && answer.Status is 301 or 302))
            {
                throw Error(method, PathOf(address), answer.Status, "the answer leads elsewhere, and the token does not go there; was the repository renamed?");
            }

            address = target;
        }
    }

    private async Task<GitHubAnswer> OnceAsync(HttpMethod method, string address, byte[]? body, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(_options.RequestTimeout);
        using var request = Request(method, address, body);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token).ConfigureAwait(false);
            return new GitHubAnswer((int)response.StatusCode, await BodyAsync(method, address, response, end.Token).ConfigureAwait(false))
            {
                RetryAfter = Header(response, "retry-after"),
                Remaining = Header(response, "x-ratelimit-remaining"),
                Reset = Header(response, "x-ratelimit-reset"),
                Link = Header(response, "link"),
                Location = response.Headers.Location,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Passing(method, address, null, $"no whole answer within {_options.RequestTimeout.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Passing(method, address, null, "it cannot be reached: " + e.Message);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string address, byte[]? body)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.Token.Value);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kfm", "1"));
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private async Task<byte[]> BodyAsync(HttpMethod method, string address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (read.Length > _options.MaxResponseBytes)
            {
                throw Error(method, PathOf(address), (int)response.StatusCode, $"the answer has more than {_options.MaxResponseBytes} bytes");
            }
        }

        return read.ToArray();
    }

    private bool IsOwn(string address) => address.StartsWith(_base + "/", StringComparison.Ordinal)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && Uri.Compare(uri, _options.BaseAddress, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0);

    private GitHubException Passing(HttpMethod method, string address, int? status, string message) =>
        new(Name(method, PathOf(address)), status, _options.Token.Redact(message) + ".") { IsPassing = true };

    private GitHubException Error(HttpMethod method, string path, int? status, string message) =>
        new(Name(method, path), status, _options.Token.Redact(message) + ".");

    private static string Name(HttpMethod method, string path) => $"{method} {path.Split('?')[0]}";

    private string PathOf(string address) =>
        address.StartsWith(_base, StringComparison.Ordinal) ? address[_base.Length..] : new Uri(address).AbsolutePath;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static string Advice(int status) => status switch
    {
        401 => "; is the token valid?",
        403 => "; has the token the permissions for pull requests, issues and commit statuses?",
        404 => "; is the repository named right, and may the token read it?",
        _ => "",
    };
}
