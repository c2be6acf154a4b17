using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kfm.Testing.GitHub;

/// <summary>
/// A server on the loopback that speaks as much of GitHub's REST API as Kfm asks for, with pages, faults on demand, and a memory of all that it was asked. The
/// repository is <c>acme/widgets</c>; where <see cref="GitRoot"/> is set, git can fetch from and push to it over HTTP.
/// </summary>
public sealed class FakeGitHub : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;
    private readonly Lock _gate = new();
    private readonly List<FakeRequest> _requests = [];
    private readonly List<FakeFault> _faults = [];
    private readonly FakeGitHubState _state;

    /// <summary>Starts the server on a free port.</summary>
    public FakeGitHub()
    {
        (_listener, Address) = Listen();
        _state = new FakeGitHubState(Address.AbsoluteUri.TrimEnd('/'));
        _loop = Task.Run(ServeAsync);
    }

    /// <summary>The base address of the API.</summary>
    public Uri Address { get; }

    /// <summary>What the server holds; a test may change it between requests.</summary>
    public FakeGitHubState State => _state;

    /// <summary>The token that requests must carry.</summary>
    public string Token { get; init; } = "canary-7f3a9c51e8d24b60";

    /// <summary>The bare repository that git is served from, or null.</summary>
    public string? GitRoot { get; set; }

    /// <summary>Called while git waits for an answer.</summary>
    public Action? OnGit { get; set; }

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The requests that change something, without those of git.</summary>
    public IReadOnlyList<string> Changes => [.. Requests.Where(r => r.Method != "GET" && !r.Path.Contains(".git/", StringComparison.Ordinal)).Select(r => r.Name)];

    /// <summary>Lets requests fail.</summary>
    /// <param name="fault">Which, and how.</param>
    public void Fail(FakeFault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Stops the server.</summary>
    public void Dispose()
    {
        _listener.Close();
        _loop.Wait();
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        // The port may be taken between its choice and its use.
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, new Uri(address));
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var path = context.Request.RawUrl!;
            var request = new FakeRequest(context.Request.HttpMethod, path, context.Request.Headers["Authorization"], Encoding.UTF8.GetString(body.ToArray()));
            FakeFault? fault;
            lock (_gate)
            {
                _requests.Add(request);
                fault = _faults.Find(f => f.Times > 0 && (f.Method is null || f.Method == request.Method) && path.Split('?')[0].EndsWith(f.Path, StringComparison.Ordinal));
                if (fault is not null)
                {
                    fault.Times--;
                }
            }

            if (GitRoot is { } root && path.StartsWith("/acme/widgets.git/", StringComparison.Ordinal))
            {
                OnGit?.Invoke();
                GitHttpBackend.Serve(context, root, body.ToArray(), IsBasic(request.Authorization));
                return;
            }

            var answer = fault is null || fault.AfterDoing ? Do(request) : default;
            await (fault is null ? SendAsync(context, answer.Status, answer.Json, answer.Link) : SendAsync(context, fault));
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
#pragma warning disable CA1031 // A fault of the server itself must be seen by the test, and not end in a wait.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await SendAsync(context, 418, new JsonObject { ["message"] = e.ToString() }, null);
        }
    }

    private (int Status, JsonNode? Json, string? Link) Do(FakeRequest request)
    {
        if (request.Authorization != "Bearer " + Token)
        {
            return (401, new JsonObject { ["message"] = "Bad credentials" }, null);
        }

        lock (_gate)
        {
            return _state.Answer(request);
        }
    }

    private bool IsBasic(string? authorization) =>
        authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + Token));

    private static async Task SendAsync(HttpListenerContext context, FakeFault fault)
    {
        if (fault.Status == 0)
        {
            context.Response.ContentLength64 = 100;
            await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = fault.Status;
        foreach (var (name, value) in fault.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var bytes = Encoding.UTF8.GetBytes(fault.Body);
        if (fault.Hangs)
        {
            context.Response.ContentLength64 = bytes.Length + 1;
            await context.Response.OutputStream.WriteAsync(bytes);
            await context.Response.OutputStream.FlushAsync();
            return;
        }

        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    private static async Task SendAsync(HttpListenerContext context, int status, JsonNode? json, string? link)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (link is not null)
        {
            context.Response.Headers["Link"] = link;
        }

        var bytes = json is null ? [] : Encoding.UTF8.GetBytes(json.ToJsonString());
        if (status != 204)
        {
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
        }

        context.Response.Close();
    }
}
