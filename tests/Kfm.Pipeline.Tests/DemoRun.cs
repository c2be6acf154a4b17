using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>
/// The demo, run once for all tests of the collection <see cref="SharedDemo"/>. What it left is never changed: a test that changes a
/// bundle takes a copy.
/// </summary>
public sealed class DemoRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private int _copies;

    /// <summary>The names of the three bundles below <see cref="Path"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["allowed", "review", "denied"];

    /// <summary>The directory that the demo wrote.</summary>
    public string Path => _root.Combine("demo");

    /// <summary>The trust file of the demo.</summary>
    public string Trust => System.IO.Path.Combine(Path, "trust.json");

    /// <summary>The ledger of the demo.</summary>
    public string Ledger => System.IO.Path.Combine(Path, "ledger.db");

    /// <summary>The exit code of the demo.</summary>
    public int ExitCode { get; private set; }

    /// <summary>What the demo printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>A bundle of the demo; do not change it.</summary>
    public string Bundle(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The private key of a role, of <c>signing</c> or of <c>log</c>.</summary>
    public string Key(string name) => System.IO.Path.Combine(Path, "keys", name + ".pem");

    /// <summary>A new empty directory that is deleted with the demo.</summary>
    public string NewDirectory() =>
        Directory.CreateDirectory(_root.Combine("work/" + Interlocked.Increment(ref _copies))).FullName;

    /// <summary>A copy of a bundle, for changing.</summary>
    public string Copy(string name)
    {
        var target = NewDirectory();
        DirectoryTree.Copy(Bundle(name), target);
        return target;
    }

    /// <summary>Runs a command line in this process, with a state folder in which nothing stands.</summary>
    public Task<CommandResult> RunAsync(params string[] args) => RunAsync(args, TimeProvider.System);

    /// <summary>Runs a command line in this process under a clock.</summary>
    public async Task<CommandResult> RunAsync(string[] args, TimeProvider clock)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new HostEnvironment(output, error, TextReader.Null, clock, _root.Combine("state"), Interactive: false);
        var code = await KfmCommandLine.RunAsync(args, host);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary><c>kfm verify --json</c>.</summary>
    /// <param name="directory">The bundle.</param>
    /// <param name="trust">The trust file, or null for that of the demo.</param>
    public async Task<VerifyResult> VerifyAsync(string directory, string? trust = null) =>
        VerifyResult.Of(await RunAsync("verify", directory, "--trust", trust ?? Trust, "--json"));

    async Task IAsyncLifetime.InitializeAsync()
    {
        var result = await RunAsync("demo", "--out", Path);
        (ExitCode, Output) = (result.ExitCode, result.Output + result.Error);
    }

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    /// <summary>Deletes what the demo and the tests wrote.</summary>
    public void Dispose() => _root.Dispose();
}
