using System.IO.Compression;

namespace Kfm.Provenance.Manifests;

/// <summary>Says by entry names why two zip archives differ; reads their directories only, so no archive can blow up.</summary>
internal static class ArchiveComparison
{
    private const int MostNamed = 10;
    private static readonly string[] Extensions = [".zip", ".nupkg", ".snupkg"];

    /// <summary>Adds the entries that differ to a difference of two archives; other differences stay as they are.</summary>
    public static ManifestDifference Explain(ManifestDifference difference, string expectedRoot, string actualRoot)
    {
        if (difference.Kind != DifferenceKind.Changed || !Extensions.Contains(Path.GetExtension(difference.Path), StringComparer.OrdinalIgnoreCase))
        {
            return difference;
        }

        var expected = Entries(Path.Combine(expectedRoot, difference.Path));
        var actual = Entries(Path.Combine(actualRoot, difference.Path));
        var why = expected is null || actual is null ? ["not readable as a zip archive"] : Compare(expected, actual).ToList();
        var more = why.Count > MostNamed ? $"; and {why.Count - MostNamed} more" : "";
        return difference with { Detail = $"{difference.Detail}; {string.Join("; ", why.Take(MostNamed))}{more}" };
    }

    private static IEnumerable<string> Compare(List<ArchiveEntry> expected, List<ArchiveEntry> actual)
    {
        var there = actual.ToLookup(e => e.Name, StringComparer.Ordinal);
        var changed = false;
        foreach (var entry in expected)
        {
            if (there[entry.Name].FirstOrDefault() is not { } other)
            {
                changed = true;
                yield return $"entry {entry.Name} is missing";
            }
            else if (entry.Difference(other) is { Length: > 0 } how)
            {
                changed = true;
                yield return $"entry {entry.Name}: {how}";
            }
        }

        foreach (var extra in actual.Select(e => e.Name).Except(expected.Select(e => e.Name), StringComparer.Ordinal))
        {
            changed = true;
            yield return $"entry {extra} is extra";
        }

        if (!expected.Select(e => e.Name).SequenceEqual(actual.Select(e => e.Name), StringComparer.Ordinal) && !changed)
        {
            changed = true;
            yield return "the order of the entries differs";
        }

        if (!changed)
        {
            yield return "the entries are equal; the archives differ in compression or extra fields";
        }
    }

    private static List<ArchiveEntry>? Entries(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return [.. archive.Entries.Select(e => new ArchiveEntry(e.FullName, e.LastWriteTime.DateTime, e.Length, e.Crc32, e.ExternalAttributes))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            // A torn archive is itself the explanation.
            return null;
        }
    }

    private sealed record ArchiveEntry(string Name, DateTime Time, long Length, uint Crc, int Attributes)
    {
        public string Difference(ArchiveEntry other)
        {
            var parts = new List<string>();
            if (Length != other.Length || Crc != other.Crc)
            {
                parts.Add("content");
            }

            if (Time != other.Time)
            {
                parts.Add("time stamp");
            }

            if (Attributes != other.Attributes)
            {
                parts.Add("attributes");
            }

            return string.Join(", ", parts);
        }
    }
}
