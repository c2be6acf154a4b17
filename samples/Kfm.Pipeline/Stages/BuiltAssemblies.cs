using Kfm.Gates.Architecture;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Packaging;

namespace Kfm.Pipeline.Stages;

/// <summary>The assemblies among the artifacts of a bundle, also those inside of packages.</summary>
internal static class BuiltAssemblies
{
    private const int MaxBytes = 128 << 20;

    /// <summary>What the assemblies use of others, each named by its path below the artifacts.</summary>
    /// <exception cref="AssemblyFormatException">An assembly is damaged.</exception>
    /// <exception cref="ArchiveFormatException">A package is refused.</exception>
    public static IEnumerable<CodeReference> References(RunBundle bundle)
    {
        const string Folder = BundleFiles.Artifacts + "/";
        foreach (var file in bundle.Files().Where(f => f.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = file[Folder.Length..];
            var references = IsAssembly(name) ? AssemblyReferences.Read(name, bundle.Bytes(file)) : name.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase) ? InPackage(name, bundle.PathOf(file)) : [];
            foreach (var reference in references)
            {
                yield return reference;
            }
        }
    }

    private static IReadOnlyList<CodeReference> InPackage(string name, string path)
    {
        using var archive = ArchiveReader.Open(path);
        return [.. archive.Entries.Where(e => e.Kind == ArchiveEntryKind.File && IsAssembly(e.Path)).SelectMany(e => AssemblyReferences.Read($"{name}/{e.Path}", Bytes(archive, e)))];
    }

    private static byte[] Bytes(ArchiveReader archive, ArchiveEntry entry)
    {
        using var content = archive.OpenRead(entry);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.Length <= MaxBytes ? bytes.ToArray() : throw new AssemblyFormatException(entry.Path, $"an assembly has at most {MaxBytes} bytes");
    }

    private static bool IsAssembly(string name) => name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
}
