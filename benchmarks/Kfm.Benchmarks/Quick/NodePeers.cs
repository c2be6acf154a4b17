using System.ComponentModel;
using System.Diagnostics;

namespace Kfm.Benchmarks;

/// <summary>
/// Peers on npm, run in the same command: <c>KFM_PEERS_DIR</c> names a copy of the benchmark inputs in which <c>npm install</c> ran.
/// </summary>
public static class NodePeers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    /// <summary>The lines that a script of the peers' folder prints; null when there is no such folder.</summary>
    /// <param name="arguments">The script and its arguments.</param>
    public static IReadOnlyList<string>? Run(params string[] arguments)
    {
        var folder = Environment.GetEnvironmentVariable("KFM_PEERS_DIR");
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            return null;
        }

        try
        {
            return Lines(folder, arguments);
        }
        catch (Win32Exception e)
        {
            throw new NotMeasuredException($"node did not start: {e.Message}");
        }
    }

    private static string[] Lines(string folder, string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        if (!node.WaitForExit(Limit))
        {
            node.Kill(entireProcessTree: true);
            throw new NotMeasuredException($"the peers took longer than {Limit.TotalSeconds} seconds");
        }

        var lines = output.GetAwaiter().GetResult();
        return node.ExitCode == 0
            ? lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new NotMeasuredException($"the peers failed with exit code {node.ExitCode}");
    }
}
