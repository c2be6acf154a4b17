using System.Net;
using System.Net.Sockets;
using System.Text;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

/// <summary>Real HTTP over loopback.</summary>
public sealed class HttpRegoNetworkTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private readonly Task _loop;
    private readonly string _host;

    public HttpRegoNetworkTests()
    {
        _listener.Start();
        _host = "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = ServeAsync();
    }

    [Fact]
    public void Request_and_response_pass_as_objects()
    {
        Assert.Equal("[200, \"200 OK\", {\"a\": [1]}, [\"application/json\"]]", Run("{\"method\": \"post\", \"url\": \"http://HOST/json\", \"body\": {\"q\": 1}, \"headers\": {\"X-Kfm\": \"y\"}}",
            "[r.status_code, r.status, r.body, r.headers[\"content-type\"]]"));
        Assert.Contains("X-Kfm: y", Assert.Single(_requests), StringComparison.Ordinal);
        Assert.EndsWith("{\"q\":1}", _requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/text\"}", "[r.body, r.raw_body]", "[null, \"{}\"]")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/text\", \"force_json_decode\": true}", "r.body", "{}")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/moved\"}", "r.status_code", "302")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/moved\", \"enable_redirect\": true}", "r.body", "{\"a\": [1]}")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://localhost:1/\", \"raise_error\": false}", "[r.status_code, r.error.message]", "[0, \"the host localhost:1 is not allowed; add it to the hosts of the network\"]")]
    public void Response_depends_on_what_was_asked(string request, string value, string expected) => Assert.Equal(expected, Run(request, value));

    [Theory]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://localhost:1/\"}", "the host localhost:1 is not allowed")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/away\", \"enable_redirect\": true}", "the host elsewhere.invalid is not allowed")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/loop\", \"enable_redirect\": true}", "stopped after 10 redirects")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/large\"}", "the response has more than 1000 bytes")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/silent\", \"timeout\": \"20ms\"}", "no response within 0.02 s")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/drip\", \"timeout\": \"20ms\"}", "no response within 0.02 s")]
    [InlineData("{\"method\": \"GET\", \"url\": \"file:///etc/passwd\"}", "not an absolute address of http or https")]
    [InlineData("{\"method\": \"GET /x\", \"url\": \"http://HOST/json\"}", "the method of the request is not a name")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/json\", \"headers\": {\"X\": \"a\\r\\nB: c\"}}", "the header \"X\" of the request cannot be sent")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/json\", \"tls_insecure_skip_verify\": true}", "tls_insecure_skip_verify is not for policies to decide here")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/json\", \"timeout\": \"soon\"}", "the timeout of the request is not a duration")]
    [InlineData("{\"method\": \"GET\", \"url\": \"http://HOST/broken\"}", "http.send: ")]
    public void What_is_not_allowed_or_fails_is_a_builtin_error(string request, string message)
    {
        var e = Assert.Throws<RegoEvaluationException>(() => Run(request, "r"));
        Assert.Equal("eval_builtin_error", e.Code);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_the_list_are_resolved_and_others_refused()
    {
        using var network = new HttpRegoNetwork(["localhost"]);
        Assert.Contains(network.Resolve("localhost", default), IPAddress.IsLoopback);
        Assert.Throws<IOException>(() => network.Resolve("example.com", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("*.example.com")]
    [InlineData("user@host")]
    [InlineData("host:99999")]
    public void Wrong_host_is_refused(string host) => Assert.Throws<ArgumentException>(() => new HttpRegoNetwork([host]));

    [Theory]
    [InlineData("http.send({\"method\": \"GET\", \"url\": \"http://localhost\"})", "set EvaluateOptions.Network")]
    [InlineData("net.lookup_ip_addr(\"localhost\")", "set EvaluateOptions.Network")]
    [InlineData("opa.runtime()", "set EvaluateOptions.Runtime")]
    public void Without_the_host_it_is_an_error_that_says_so(string call, string message)
    {
        var e = Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval("p := " + call, options: new EvaluateOptions { StrictBuiltinErrors = true }));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _loop.GetAwaiter().GetResult();
    }

    private string? Run(string request, string value)
    {
        using var network = new HttpRegoNetwork([_host]) { MaxResponseBytes = 1000, Timeout = TimeSpan.FromSeconds(30) };
        var body = $"r := http.send({request.Replace("HOST", _host, StringComparison.Ordinal)})\np := {value}";
        return RegoRun.Eval(body, options: new EvaluateOptions { Network = network, StrictBuiltinErrors = true });
    }

    private async Task ServeAsync()
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                open.Add(client);
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            open.ForEach(static c => c.Dispose());
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        var buffer = new byte[65_536];
        var text = "";
        do
        {
            var read = await stream.ReadAsync(buffer);
            text += Encoding.ASCII.GetString(buffer, 0, read);
        }
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) || (text.Contains("Content-Length: 7", StringComparison.Ordinal) && !text.EndsWith('}')));
        _requests.Add(text);
        var path = text.Split(' ')[1];
        var answer = path switch
        {
            "/json" => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"a\":[1]}",
            "/text" => "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
            "/moved" => "HTTP/1.1 302 Found\r\nLocation: /json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "/loop" => "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "/away" => "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "/large" => "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n" + new string('x', 5000),
            "/drip" => "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nx",
            "/silent" => "",
            _ => "no HTTP at all\r\n\r\n",
        };
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        if (path is not ("/silent" or "/drip"))
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }
    }
}
