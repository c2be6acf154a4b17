namespace Kfm.Provenance.Packaging;

/// <summary>Java archives (JAR File Specification): the manifest comes first, and tools put themselves and the time into it.</summary>
internal static class JarNormalForm
{
    private const string Folder = "META-INF/";
    private const string Manifest = Folder + "MANIFEST.MF";

    public static void Apply(PackageParts parts)
    {
        parts.Rank = path => path == Manifest ? 0 : 1;
        foreach (var path in parts.Paths)
        {
            if (IsSignature(path))
            {
                parts.Remove(path);
            }
            else if (path.EndsWith("/pom.properties", StringComparison.Ordinal) && path.StartsWith(Folder, StringComparison.Ordinal))
            {
                parts.Rewrite(path, WithoutComments);
            }
        }

        parts.Rewrite(Manifest, JarManifest.NormalForm);
    }

    private static bool IsSignature(string path)
    {
        if (!path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) || path.IndexOf('/', Folder.Length) >= 0)
        {
            return false;
        }

        var name = path[Folder.Length..].ToUpperInvariant();
        return name.StartsWith("SIG-", StringComparison.Ordinal) || Path.GetExtension(name) is ".SF" or ".RSA" or ".DSA" or ".EC";
    }

    // java.util.Properties writes the time into a comment.
    private static string WithoutComments(string text) => string.Concat(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Where(l => l.Length > 0 && l[0] is not ('#' or '!')).Select(l => l + "\n"));
}
