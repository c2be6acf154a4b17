using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kfm.Provenance.Json;

namespace Kfm.Benchmarks.Areas;

/// <summary>RFC 8785: canonical bytes, their digest, and whether bytes are canonical; hashes of many short messages.</summary>
public sealed partial class CanonicalArea : Area
{
    private const string RecordedOn = "recorded 2026-11-21";

    // The fastest of the npm peers on a shared 4-core machine, quoted when they are not installed here.
    private static readonly Dictionary<string, Peer> Recorded = new(StringComparer.Ordinal)
    {
        ["attestation-10k.json"] = new("npm json-canonicalize 3.0.1", 68),
        ["sbom-1m.json"] = new("npm canonicalize 4.0.0", 30),
        ["numbers-1m.json"] = new("npm canonicalize 4.0.0", 31),
    };

    /// <inheritdoc/>
    public override string Name => "canonical";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        var folder = Inputs("json");
        var peers = Peers(folder);
        return Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(file => Rows(file, peers)).Concat(NodeHashes.Rows());
    }

    private static IEnumerable<Row> Rows(string file, IReadOnlyDictionary<string, Peer> peers)
    {
        var name = Path.GetFileName(file);
        var input = File.ReadAllBytes(file);
        var canonical = CanonicalJson.Canonicalize(input);
        var output = new ArrayBufferWriter<byte>(2 * input.Length);
        var peer = peers.GetValueOrDefault(name);

        var canonicalize = Measurement.Of(() =>
        {
            output.ResetWrittenCount();
            CanonicalJson.Canonicalize(input, output);
        });
        yield return new($"{name} canonicalize", canonicalize.MegabytesPerSecond(input.Length), "MB/s", peer?.MegabytesPerSecond, peer?.Name);
        yield return new($"{name} canonicalize, allocated", canonicalize.AllocatedBytes, "B/op");

        var platform = Measurement.Of(() => JsonNode.Parse(input)!.ToJsonString());
        yield return new(
            $"{name} canonicalize", canonicalize.MegabytesPerSecond(input.Length), "MB/s", platform.MegabytesPerSecond(input.Length), "JsonNode.Parse + ToJsonString, not sorted");

        var hash = Measurement.Of(() => CanonicalJson.Hash(input));
        var sha = Measurement.Of(() => SHA256.HashData(canonical));
        yield return new($"{name} hash", hash.MegabytesPerSecond(input.Length), "MB/s", sha.MegabytesPerSecond(canonical.Length), "SHA-256 of the canonical form alone");
        yield return new($"{name} hash, allocated", hash.AllocatedBytes, "B/op");

        var check = Measurement.Of(() => CanonicalJson.IsCanonical(canonical));
        yield return new($"{name} is canonical", check.MegabytesPerSecond(canonical.Length), "MB/s");
        yield return new($"{name} is canonical, allocated", check.AllocatedBytes, "B/op");
    }

    // The fastest peer of each input; the peers that do not sort are no peers.
    private static Dictionary<string, Peer> Peers(string folder)
    {
        if (NodePeers.Run("jcs-node.mjs", folder) is not { } lines)
        {
            return Recorded.ToDictionary(p => p.Key, p => p.Value with { Name = $"{p.Value.Name}, {RecordedOn}" }, StringComparer.Ordinal);
        }

        return lines.Select(line => PeerLine().Match(line)).Where(m => m.Success)
            .GroupBy(m => m.Groups["file"].Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(PeerOf).MaxBy(p => p.MegabytesPerSecond)!, StringComparer.Ordinal);
    }

    private static Peer PeerOf(Match line) =>
        new(line.Groups["peer"].Value, double.Parse(line.Groups["speed"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(?<peer>npm \S+ \S+) +(?<file>\S+) +(?<speed>[0-9.]+) MB/s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PeerLine();

    private sealed record Peer(string Name, double MegabytesPerSecond);
}
