using Kfm.Provenance.Digests;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Manifests;

/// <summary>Says by entry names why two archives differ.</summary>
internal static class ArchiveDifference
{
    public static IReadOnlyList<string> Explain(ArchiveReader expected, ArchiveReader actual, ExplainerScope scope)
    {
        var there = actual.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var causes = new List<string>();
        foreach (var entry in expected.Entries)
        {
            if (!there.TryGetValue(entry.Path, out var other))
            {
                causes.Add($"entry {entry.Path} is missing");
            }
            else if (Causes(expected, entry, actual, other, scope) is { Count: > 0 } how)
            {
                causes.Add($"entry {entry.Path}: {string.Join(", ", how)}");
            }
        }

        var known = expected.Entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        causes.AddRange(actual.Entries.Where(e => !known.Contains(e.Path)).Select(e => $"entry {e.Path} is extra"));
        if (!expected.Entries.Select(e => e.Path).Where(there.ContainsKey).SequenceEqual(actual.Entries.Select(e => e.Path).Where(known.Contains), StringComparer.Ordinal))
        {
            causes.Add("the order of the entries differs");
        }

        if (expected.Kind != actual.Kind)
        {
            causes.Add($"{expected.Kind} expected, {actual.Kind} found");
        }

        return causes.Count > 0 ? causes : ["the entries are equal; the archives differ in compression or extra fields"];
    }

    private static List<string> Causes(ArchiveReader expected, ArchiveEntry left, ArchiveReader actual, ArchiveEntry right, ExplainerScope scope)
    {
        var causes = new List<string>();
        if (left.Kind != right.Kind || left.LinkTarget != right.LinkTarget)
        {
            causes.Add(left.Kind != right.Kind ? $"{left.Kind} expected, {right.Kind} found" : "link target");
        }
        else if (left.Kind == ArchiveEntryKind.File && !HasEqualContent(expected, left, actual, right))
        {
            var inside = DifferenceExplainer.Contents(expected, left, actual, right) is var (one, other) ? DifferenceExplainer.Explain(one, other, scope.Deeper) : [];
            causes.Add(inside.Count > 0 ? $"content ({string.Join("; ", inside)})" : "content");
        }
        else if (left.IsDeflated != right.IsDeflated)
        {
            causes.Add("compression method");
        }
        else if (left.CompressedSize != right.CompressedSize)
        {
            causes.Add("compression level");
        }

        if (left.Modified != right.Modified)
        {
            causes.Add("time stamp");
        }

        if (left.Mode != right.Mode)
        {
            causes.Add("mode");
        }
        else if (left.Details != right.Details)
        {
            causes.Add("attributes or extra fields");
        }

        if (left.Owner != right.Owner)
        {
            causes.Add("owner" + scope.Values(left.Owner, right.Owner));
        }

        return causes;
    }

    private static bool HasEqualContent(ArchiveReader expected, ArchiveEntry left, ArchiveReader actual, ArchiveEntry right)
    {
        if (left.Size != right.Size || left.Crc is not null)
        {
            return left.Size == right.Size && left.Crc == right.Crc;
        }

        using var one = expected.OpenRead(left);
        using var other = actual.OpenRead(right);
        return Digest.OfStream(one) == Digest.OfStream(other);
    }
}
