using System.ComponentModel;
using System.Diagnostics;

namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>npm's Sigstore packages, where <c>KFM_SIGSTORE_PEERS_DIR</c> names a folder in which they are installed.</summary>
internal static class NodePeers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("KFM_SIGSTORE_PEERS_DIR") is { Length: > 0 } named
        && Directory.Exists(Path.Combine(named, "node_modules", "@sigstore", "verify")) && Directory.Exists(Path.Combine(named, "node_modules", "@sigstore", "sign"))
        ? Path.GetFullPath(named)
        : null;

    /// <summary>Runs one of the scripts of this folder; what it printed.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Sigstore", "Peers", script), Folder! }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var node = Process.Start(start)!;
            var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
            Assert.True(node.WaitForExit(Limit), "node takes too long");
            Assert.True(node.ExitCode == 0, error.GetAwaiter().GetResult());
            return output.GetAwaiter().GetResult();
        }
        catch (Win32Exception e)
        {
            Assert.Fail("node did not start: " + e.Message);
            throw;
        }
    }
}
