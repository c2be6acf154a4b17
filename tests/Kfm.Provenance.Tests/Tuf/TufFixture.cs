using System.Text.Json.Nodes;
using Kfm.Provenance.Tuf;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Tuf;

/// <summary>A simulated repository, and a client with a cache on disk; each update is a client of its own, as a new process would be.</summary>
public abstract class TufFixture : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    internal TufSimulator Repository { get; } = new();

    internal byte[]? TrustedRoot { get; set; }

    private protected TufCache Cache => new(_folder.Path);

    private protected DateTimeOffset Now { get; set; } = TufSimulator.Now;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected TufClient Client(bool offline = false, TufOptions? options = null) =>
        new(TrustedRoot ?? Repository.FirstRoot, Cache, offline ? null : Repository, new SteppingTimeProvider(Now, TimeSpan.Zero), options);

    private protected Task RefreshAsync() => Client().RefreshAsync(TestContext);

    private protected async Task RefusedAsync(TufFailure failure, string role)
    {
        var e = await Assert.ThrowsAsync<TufException>(RefreshAsync);
        Assert.Equal((failure, role), (e.Failure, e.Role));
    }

    private protected async Task<byte[]?> DownloadAsync(string path, bool offline = false)
    {
        var client = Client(offline);
        return await client.FindTargetAsync(path, TestContext) is { } target ? await client.DownloadTargetAsync(target, TestContext) : null;
    }

    /// <summary>The version that the client trusts; null for none.</summary>
    private protected int? Trusted(string role) => TrustedBytes(role) is { } bytes ? (int)JsonNode.Parse(bytes)!["signed"]!["version"]! : null;

    private protected byte[]? TrustedBytes(string role)
    {
        var file = Path.Combine(_folder.Path, "metadata", Uri.EscapeDataString(role) + ".json");
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    private protected void ChangeCache(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.Path, file), bytes);

    private static CancellationToken TestContext => CancellationToken.None;
}
