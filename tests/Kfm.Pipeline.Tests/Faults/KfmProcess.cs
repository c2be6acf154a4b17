using System.Diagnostics;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>Real processes of <c>kfm</c>, with a state folder and a folder for temporary files of their own.</summary>
internal sealed class KfmProcess : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public KfmProcess()
    {
        Directory.CreateDirectory(Temporary);
        _folder.Write("p.diff", SmallRepository.Patch);
    }

    /// <summary>Where the processes keep what they throw away in the end.</summary>
    public string Temporary => _folder.Combine("tmp");

    public string Folder => _folder.Path;

    public string Ledger => _folder.Combine("log.db");

    public string PathOf(string relative) => _folder.Combine(relative);

    /// <summary>The command line of a run.</summary>
    public string[] Run(SmallRepository repository, string bundle, string? ledger = null) =>
        ["run", "--repo", repository.Path, "--patch", PathOf("p.diff"), "--intent", "Document it", "--out", bundle, "--ledger", ledger ?? Ledger];

    /// <summary>Starts <c>kfm</c>, under another program where one is named.</summary>
    public Process Start(string[] args, params string[] under)
    {
        string[] line = [.. under, Environment.ProcessPath!, typeof(BundleFiles).Assembly.Location, .. args];
        var start = new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_STATE_HOME"] = _folder.Combine("state");
        start.Environment["TMPDIR"] = Temporary;
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public async Task<CommandResult> RunAsync(string[] args, params string[] under)
    {
        using var process = Start(args, under);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, output, await error);
    }

    /// <summary>Runs and asserts the exit code.</summary>
    public async Task<CommandResult> ExpectAsync(int exitCode, params string[] args)
    {
        var result = await RunAsync(args);
        Assert.True(result.ExitCode == exitCode, $"{string.Join(' ', args)}: {result}");
        return result;
    }

    /// <summary>Asserts that the ledger is sound.</summary>
    public async Task LedgerIsSoundAsync(string? ledger = null) =>
        Assert.Contains("sound: ", (await ExpectAsync(0, "ledger", "fsck", "--ledger", ledger ?? Ledger)).Output, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
