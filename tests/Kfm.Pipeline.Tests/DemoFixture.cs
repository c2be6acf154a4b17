using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests;

/// <summary>One run of the demo, which the tests of a collection share.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    public KfmHost Host { get; } = new();

    public KfmResult Result { get; private set; } = new(-1, "", "");

    public string Out => Host.PathOf("demo");

    public string Trust => Path.Combine(Out, "trust.json");

    public string Bundle(string name) => Path.Combine(Out, name);

    /// <summary>A copy that a test may change.</summary>
    public string Copy(string name, string target)
    {
        var path = Host.PathOf(target);
        DirectoryTree.Copy(Bundle(name), path);
        return path;
    }

    public async Task InitializeAsync() => Result = await Host.RunAsync("demo", "--out", Out);

    public Task DisposeAsync()
    {
        Host.Dispose();
        return Task.CompletedTask;
    }
}
