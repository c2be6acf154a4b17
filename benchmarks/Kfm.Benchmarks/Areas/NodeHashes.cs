using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Kfm.Provenance.Digests;

namespace Kfm.Benchmarks.Areas;

/// <summary>Hashes of 65 bytes, as of Merkle nodes: with the lanes of this process, with fewer in a child process, and with the platform.</summary>
internal static class NodeHashes
{
    /// <summary>What a child process is asked on its command line; it prints millions of hashes a second.</summary>
    public const string Command = "node-hashes";

    private const int Count = 4096;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Nodes = [.. Enumerable.Range(0, 64 * Count).Select(i => (byte)(i * 31))];
    private static readonly byte[] Hashes = new byte[32 * Count];

    public static IEnumerable<Row> Rows()
    {
        var platform = MillionsPerSecond(HashOneByOne);
        yield return new($"65-byte hashes, {Sha256Batch.Lanes} lanes", Batch(), "M/s", platform, "SHA256.HashData");
        if (Sha256Batch.Lanes > 8)
        {
            yield return new("65-byte hashes, 8 lanes", Child("DOTNET_EnableAVX512"), "M/s", platform, "SHA256.HashData");
        }

        yield return new("65-byte hashes, no lanes", Child("DOTNET_EnableAVX2"), "M/s", platform, "SHA256.HashData");
    }

    /// <summary>Millions of hashes a second with the lanes of this process.</summary>
    public static double Batch() => MillionsPerSecond(static () => Sha256Batch.Hash([1], Nodes, 64, Hashes));

    private static double MillionsPerSecond(Action operation) => Count / Measurement.Of(operation).Nanoseconds * 1e3;

    private static void HashOneByOne()
    {
        Span<byte> node = stackalloc byte[65];
        node[0] = 1;
        for (var i = 0; i < Count; i++)
        {
            Nodes.AsSpan(64 * i, 64).CopyTo(node[1..]);
            SHA256.HashData(node, Hashes.AsSpan(32 * i));
        }
    }

    private static double Child(string switchedOff)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(NodeHashes).Assembly.Location, Command]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment[switchedOff] = "0";
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(Limit))
        {
            child.Kill(entireProcessTree: true);
            throw new NotMeasuredException("the child process took too long");
        }

        return double.Parse(output.GetAwaiter().GetResult(), CultureInfo.InvariantCulture);
    }
}
