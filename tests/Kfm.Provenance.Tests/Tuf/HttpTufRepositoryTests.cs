using System.Net;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

/// <summary>Real HTTP over loopback.</summary>
public sealed class HttpTufRepositoryTests : TufFixture
{
    [Fact]
    public async Task Repository_over_http_gives_metadata_and_targets()
    {
        Repository.AddDelegation("targets", "../A", false, "dir/*");
        Repository.AddTarget("../A", "dir/a file", "content");
        Repository.PublishTargets("../A", "targets");
        await using var server = new Server(Repository);
        using var http = new HttpClient();

        var client = new TufClient(Repository.FirstRoot, Cache, server.Open(http), new Kfm.Testing.SteppingTimeProvider(Now));
        var target = await client.FindTargetAsync("dir/a file");

        Assert.Equal("content"u8.ToArray(), await client.DownloadTargetAsync(target!));
        Assert.Contains("2...%2FA.json", server.Paths.Single(p => p.EndsWith("A.json", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, TufFailure.Unreachable)]
    [InlineData(404, TufFailure.NotFound)]
    public async Task Status_of_the_server_is_told_apart(int status, TufFailure failure)
    {
        await using var server = new Server(Repository) { Status = status };
        using var http = new HttpClient();

        var e = await Assert.ThrowsAsync<TufException>(() =>
            new TufClient(Repository.FirstRoot, Cache, server.Open(http), new Kfm.Testing.SteppingTimeProvider(Now)).RefreshAsync());

        Assert.Equal(failure, e.Failure);
    }

    [Fact]
    public async Task Endless_answer_is_cut_at_the_limit()
    {
        await using var server = new Server(Repository) { Endless = true };
        using var http = new HttpClient();

        var e = await Assert.ThrowsAsync<TufException>(() => server.Open(http).ReadMetadataAsync("timestamp.json", 16_384, CancellationToken.None));

        Assert.Equal(TufFailure.Length, e.Failure);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_unreachable()
    {
        using var http = new HttpClient();
        var nobody = new HttpTufRepository(http, new Uri("http://127.0.0.1:9/metadata"), new Uri("http://127.0.0.1:9/targets"));

        var e = await Assert.ThrowsAsync<TufException>(() => nobody.ReadMetadataAsync("timestamp.json", 1, CancellationToken.None));

        Assert.Equal(TufFailure.Unreachable, e.Failure);
    }

    private sealed class Server : IAsyncDisposable
    {
        private readonly HttpListener _listener;
        private readonly TufSimulator _repository;
        private readonly Task _loop;

        public Server(TufSimulator repository)
        {
            _repository = repository;
            (_listener, Address) = Start();
            _loop = ServeAsync();
        }

        public int Status { get; init; } = 200;

        public bool Endless { get; init; }

        public List<string> Paths { get; } = [];

        private Uri Address { get; }

        public HttpTufRepository Open(HttpClient http) => new(http, new Uri(Address, "metadata"), new Uri(Address, "targets/"));

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _loop;
        }

        private static (HttpListener Listener, Uri Address) Start()
        {
            while (true)
            {
                using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
                probe.Start();
                var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
                probe.Stop();
                var listener = new HttpListener { Prefixes = { address } };
                try
                {
                    listener.Start();
                    return (listener, new Uri(address));
                }
                catch (HttpListenerException)
                {
                    // Somebody else took the port; take another.
                }
            }
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    await AnswerAsync(await _listener.GetContextAsync());
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed.
            }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            var path = context.Request.RawUrl!;
            Paths.Add(path);
            context.Response.StatusCode = Status;
            try
            {
                var bytes = Status != 200 ? null
                    : path.StartsWith("/metadata/", StringComparison.Ordinal) ? await _repository.ReadMetadataAsync(path["/metadata/".Length..], int.MaxValue, default)
                    : await _repository.ReadTargetAsync(path["/targets/".Length..], int.MaxValue, default);
                context.Response.StatusCode = bytes is null && Status == 200 ? 404 : Status;
                do
                {
                    await context.Response.OutputStream.WriteAsync(bytes ?? []);
                }
                while (Endless);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException)
            {
                // The client has read enough.
            }
        }
    }
}
