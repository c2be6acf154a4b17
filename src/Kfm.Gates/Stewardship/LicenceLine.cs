namespace Kfm.Gates.Stewardship;

/// <summary>Recognises lines that say under which licence a file or a package stands.</summary>
public static class LicenceLine
{
    private const string Header = "SPDX-License-Identifier:";

    private static readonly (string End, string[] Words)[] Manifests =
    [
        (".csproj", ["<PackageLicense", "<Copyright>"]),
        (".fsproj", ["<PackageLicense", "<Copyright>"]),
        (".props", ["<PackageLicense", "<Copyright>"]),
        (".targets", ["<PackageLicense", "<Copyright>"]),
        (".nuspec", ["<license", "<copyright>"]),
        ("package.json", ["\"license\"", "\"licenses\""]),
        ("composer.json", ["\"license\""]),
        ("Cargo.toml", ["license"]),
        ("pyproject.toml", ["license"]),
        ("setup.cfg", ["license"]),
        ("pom.xml", ["<license>", "<licenses>"]),
        ("CITATION.cff", ["license"]),
    ];

    /// <summary>Whether a line that is added or deleted changes a licence: a header of SPDX in any file, or the licence in the manifest of a package.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="line">The line.</param>
    public static bool IsOne(string path, string line)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(line);
        var text = line.AsSpan().TrimStart();
        if (text.Contains(Header, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var (end, words) in Manifests)
        {
            if (path.EndsWith(end, StringComparison.OrdinalIgnoreCase) && StartsWithAny(text, words))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
