using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// Says why two builds of a file differ: in archives which entries, and whether by content, order, time stamp, mode, owner or compression; in .NET
/// assemblies whether by MVID, pdb id, time stamp or source paths. Archives and assemblies inside of archives are looked into, three levels deep.
/// </summary>
public static class DifferenceExplainer
{
    private const int MaxDepth = 3;
    private const int MaxBytes = 256 << 20;
    private static readonly string[] ZipNames = [".zip", ".nupkg", ".snupkg", ".jar", ".whl"];

    /// <summary>Explains a difference.</summary>
    /// <param name="expected">The path of one file.</param>
    /// <param name="actual">The path of the other.</param>
    /// <param name="quotesMachine">Whether the words quote paths and owners that stand in the files; without them they are the same in every run.</param>
    /// <returns>The causes, in words; empty when the bytes are equal or nothing is known about files of this kind.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IReadOnlyList<string> Explain(string expected, string actual, bool quotesMachine = true)
    {
        var scope = new ExplainerScope(MaxDepth, quotesMachine);
        if (!RegularFile.Exists(expected) || !RegularFile.Exists(actual))
        {
            return [];
        }

        if (ArchiveReader.IsArchive(expected) && ArchiveReader.IsArchive(actual))
        {
            return Archives(() => ArchiveReader.Open(expected), () => ArchiveReader.Open(actual), scope);
        }

        if (ZipNames.Contains(Path.GetExtension(expected), StringComparer.OrdinalIgnoreCase))
        {
            return ["not readable as a zip archive"];
        }

        return new FileInfo(expected).Length <= MaxBytes && new FileInfo(actual).Length <= MaxBytes
            ? Explain(File.ReadAllBytes(expected), File.ReadAllBytes(actual), scope)
            : [];
    }

    /// <summary>Explains a difference of contents inside of archives.</summary>
    internal static IReadOnlyList<string> Explain(byte[] expected, byte[] actual, ExplainerScope scope)
    {
        if (scope.Depth == 0 || expected.AsSpan().SequenceEqual(actual))
        {
            return [];
        }

        if (IsArchive(expected) && IsArchive(actual))
        {
            return Archives(() => ArchiveReader.Open(expected), () => ArchiveReader.Open(actual), scope);
        }

        return new AssemblyDifference(scope).Explain(expected, actual);
    }

    /// <summary>Reads contents that are small enough to be looked into; null when they are not, or are damaged.</summary>
    internal static (byte[] Expected, byte[] Actual)? Contents(ArchiveReader expected, ArchiveEntry left, ArchiveReader actual, ArchiveEntry right)
    {
        if (left.Size > MaxBytes || right.Size > MaxBytes)
        {
            return null;
        }

        try
        {
            return (ArchiveItem.OfEntry(expected, left).ReadAll(), ArchiveItem.OfEntry(actual, right).ReadAll());
        }
        catch (ArchiveFormatException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Archives(Func<ArchiveReader> expected, Func<ArchiveReader> actual, ExplainerScope scope)
    {
        try
        {
            using var left = expected();
            using var right = actual();
            return ArchiveDifference.Explain(left, right, scope);
        }
        catch (ArchiveFormatException e)
        {
            // A torn archive is itself the explanation.
            return [$"not readable as an archive: {e.Message}"];
        }
    }

    private static bool IsArchive(byte[] content)
    {
        using var source = ByteSource.OfMemory(content);
        return ArchiveSignature.Of(source) is not null;
    }
}
