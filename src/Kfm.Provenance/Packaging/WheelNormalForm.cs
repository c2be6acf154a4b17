namespace Kfm.Provenance.Packaging;

/// <summary>Python wheels (PyPA binary distribution format): the metadata stands at the end, RECORD last of all.</summary>
internal static class WheelNormalForm
{
    private const string Metadata = ".dist-info/";

    public static void Apply(PackageParts parts)
    {
        parts.Rank = path => !IsMetadata(path) ? 0 : path.EndsWith("/RECORD", StringComparison.Ordinal) ? 2 : 1;
        foreach (var path in parts.Paths.Where(IsMetadata))
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name is "RECORD.jws" or "RECORD.p7s")
            {
                parts.Remove(path);
            }
            else if (name == "RECORD")
            {
                parts.Rewrite(path, Sorted);
            }
        }
    }

    private static bool IsMetadata(string path) =>
        path.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && path[..(slash + 1)].EndsWith(Metadata, StringComparison.Ordinal) && path.IndexOf('/', slash + 1) < 0;

    private static string Sorted(string text) => string.Concat(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(l => l + "\n"));
}
