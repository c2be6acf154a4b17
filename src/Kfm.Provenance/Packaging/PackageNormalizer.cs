using System.IO.Compression;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>
/// Makes two builds of a package comparable whose tool cannot build reproducibly: writes the same contents in a fixed order with a fixed time, fixed
/// modes and no owners, stored instead of compressed, and takes out of the package's own metadata what tells of the build. Equal results mean that two
/// packages say the same to whoever uses them. The result is for comparison: it is not the package, and signatures over the package do not fit it.
/// </summary>
/// <remarks>
/// Rewritten are: of a NuGet package the name of the core properties part (<c>.psmdcp</c>), the tool named in it and the ids in <c>_rels/.rels</c>;
/// of a jar the manifest (sorted; without the builder, its tools and times) and the comments of <c>pom.properties</c>; of a wheel the order of
/// <c>RECORD</c>. Archives inside of archives are left as they are.
/// </remarks>
public static class PackageNormalizer
{
    /// <summary>What is written unless told otherwise: stored, so that not even the zlib of the runtime matters; 1980-01-01.</summary>
    public static PackOptions DefaultOptions { get; } = new() { Compression = CompressionLevel.NoCompression };

    /// <summary>The kind that a file name tells; null for a name that tells none.</summary>
    /// <param name="path">The name or path.</param>
    public static PackageKind? KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path).ToLowerInvariant();
        return Path.GetExtension(name) switch
        {
            ".gz" when name.EndsWith(".tar.gz", StringComparison.Ordinal) => PackageKind.TarGzip,
            ".gz" => PackageKind.Gzip,
            ".tgz" or ".crate" => PackageKind.TarGzip,
            ".tar" => PackageKind.Tar,
            ".nupkg" or ".snupkg" => PackageKind.NuGet,
            ".jar" or ".war" or ".ear" => PackageKind.Jar,
            ".whl" => PackageKind.Wheel,
            ".zip" => PackageKind.Zip,
            _ => null,
        };
    }

    /// <summary>Writes the normal form of a package.</summary>
    /// <param name="input">The path of the package.</param>
    /// <param name="output">Where the normal form goes.</param>
    /// <param name="kind">What the package is; what its name tells when null.</param>
    /// <param name="options">How it is written; <see cref="DefaultOptions"/> when null.</param>
    /// <param name="limits">The limits of reading; the usual ones when null.</param>
    /// <exception cref="ArgumentException">No kind is given, and the name tells none.</exception>
    /// <exception cref="ArchiveFormatException">The package is refused, or is of another kind.</exception>
    /// <exception cref="RegularFileException">No regular file lies there.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static NormalizedPackage Normalize(
        string input, Stream output, PackageKind? kind = null, PackOptions? options = null, ArchiveReadOptions? limits = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        var known = kind ?? KindOf(input) ?? throw new ArgumentException($"The name '{input}' tells no kind of package.", nameof(kind));
        var how = options ?? DefaultOptions;
        if (known == PackageKind.Gzip)
        {
            NormalizeGzip(input, output, how, limits ?? ArchiveReadOptions.Default);
            return new(known, [], [], []);
        }

        using var archive = ArchiveReader.Open(input, limits);
        var expected = known switch { PackageKind.Tar => ArchiveKind.Tar, PackageKind.TarGzip => ArchiveKind.TarGzip, _ => ArchiveKind.Zip };
        if (archive.Kind != expected)
        {
            throw new ArchiveFormatException($"It is not a {expected} archive, as a {known} package is, but {archive.Kind}.", 0);
        }

        var parts = PackageParts.Of(archive);
        Rewrite(known, parts);
        ArchiveWriter.WriteInOrder(output, archive.Kind, parts.InOrder(), how);
        return new(known, parts.Rewritten, parts.Removed, parts.Renamed);
    }

    private static void Rewrite(PackageKind kind, PackageParts parts)
    {
        switch (kind)
        {
            case PackageKind.NuGet:
                NuGetNormalForm.Apply(parts);
                break;
            case PackageKind.Jar:
                JarNormalForm.Apply(parts);
                break;
            case PackageKind.Wheel:
                WheelNormalForm.Apply(parts);
                break;
        }
    }

    private static void NormalizeGzip(string input, Stream output, PackOptions options, ArchiveReadOptions limits)
    {
        _ = RegularFile.Exists(input) ? 0 : throw new RegularFileException(input, "is not a regular file");
        using var source = ByteSource.OfFile(File.OpenHandle(input));
        using var content = GzipMember.Decompress(source, limits);
        using var gzip = new GzipWriteStream(output, options.Compression);
        using var plain = new SliceStream(content, 0, content.Length);
        plain.CopyTo(gzip);
    }
}
