using System.Globalization;
using System.IO.Compression;

namespace Kfm.Agent.Previews;

/// <summary>Compares what two builds made, byte for byte, and says where they differ.</summary>
internal static class ArtifactComparison
{
    private static ReadOnlySpan<byte> ZipSignature => [0x50, 0x4b, 0x03, 0x04];

    public static List<ArtifactDifference> Compare(string first, IReadOnlyList<string> firstPaths, string second, IReadOnlyList<string> secondPaths)
    {
        var differences = new List<ArtifactDifference>();
        differences.AddRange(firstPaths.Except(secondPaths, StringComparer.Ordinal).Select(path => new ArtifactDifference(path, null, "only the first build made it")));
        differences.AddRange(secondPaths.Except(firstPaths, StringComparer.Ordinal).Select(path => new ArtifactDifference(path, null, "only the second build made it")));
        foreach (var path in firstPaths.Intersect(secondPaths, StringComparer.Ordinal))
        {
            differences.AddRange(CompareFile(path, Path.Combine(first, path), Path.Combine(second, path)));
        }

        return [.. differences.OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Entry ?? "", StringComparer.Ordinal)];
    }

    private static List<ArtifactDifference> CompareFile(string path, string first, string second)
    {
        using var left = File.OpenRead(first);
        using var right = File.OpenRead(second);
        if (Describe(left, right) is not { } reason)
        {
            return [];
        }

        return IsZip(left) && IsZip(right) && CompareEntries(path, left, right) is { Count: > 0 } entries
            ? entries
            : [new ArtifactDifference(path, null, reason)];
    }

    /// <summary>How two streams differ; null when they do not.</summary>
    private static string? Describe(Stream left, Stream right)
    {
        var (a, b) = (new byte[64 * 1024], new byte[64 * 1024]);
        for (long offset = 0; ;)
        {
            var (n, m) = (left.ReadAtLeast(a, a.Length, throwOnEndOfStream: false), right.ReadAtLeast(b, b.Length, throwOnEndOfStream: false));
            var same = a.AsSpan(0, n).CommonPrefixLength(b.AsSpan(0, m));
            if (same < n || same < m)
            {
                return string.Create(CultureInfo.InvariantCulture, $"bytes differ from offset {offset + same}");
            }

            if (n == 0)
            {
                return null;
            }

            offset += n;
        }
    }

    private static bool IsZip(FileStream file)
    {
        Span<byte> start = stackalloc byte[ZipSignature.Length];
        file.Position = 0;
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..read].SequenceEqual(ZipSignature);
    }

    /// <summary>The entries that differ; empty when the archives cannot be read or differ elsewhere.</summary>
    private static List<ArtifactDifference> CompareEntries(string path, Stream first, Stream second)
    {
        try
        {
            using var left = new ZipArchive(first, ZipArchiveMode.Read, leaveOpen: true);
            using var right = new ZipArchive(second, ZipArchiveMode.Read, leaveOpen: true);
            var (a, b) = (ByName(left), ByName(right));
            return [.. a.Keys.Union(b.Keys, StringComparer.Ordinal)
                .Select(name => (Name: name, Reason: CompareEntry(a.GetValueOrDefault(name), b.GetValueOrDefault(name))))
                .Where(entry => entry.Reason is not null)
                .Select(entry => new ArtifactDifference(path, entry.Name, entry.Reason!))];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static Dictionary<string, ZipArchiveEntry> ByName(ZipArchive archive) => archive.Entries
        .GroupBy(entry => entry.FullName, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static string? CompareEntry(ZipArchiveEntry? left, ZipArchiveEntry? right)
    {
        if (left is null || right is null)
        {
            return left is null ? "only the second build has it" : "only the first build has it";
        }

        // The lengths and the checksum stand in the directory of the archive: no foreign entry is unpacked.
        if (left.Length != right.Length || left.Crc32 != right.Crc32)
        {
            return "content differs";
        }

        if (left.LastWriteTime != right.LastWriteTime)
        {
            return "time differs";
        }

        return left.CompressedLength != right.CompressedLength || left.ExternalAttributes != right.ExternalAttributes
            ? "compression or attributes differ"
            : null;
    }
}
