using System.Xml;
using System.Xml.Linq;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Sbom;

/// <summary>What a package says of itself in the packages folder: its nuspec, and the hash of the file that was downloaded.</summary>
internal static class PackageFiles
{
    private const long MaxBytes = 4 * 1024 * 1024;
    private const int Sha512Bytes = 64;

    // NuGet writes this address for packages whose licence is a file or an expression.
    private const string NoAddress = "https://aka.ms/deprecateLicenseUrl";

    public static SbomComponent Describe(SbomComponent component, string folder, IReadOnlyList<string> packageFolders)
    {
        var root = packageFolders.FirstOrDefault(r => Directory.Exists(Path.Combine(r, folder)));
        if (root is null)
        {
            return component;
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, folder)).Order(StringComparer.Ordinal))
        {
            var source = $"{folder}/{Path.GetFileName(path)}";
            if (path.EndsWith(".nupkg.sha512", StringComparison.OrdinalIgnoreCase))
            {
                component = component with { Hashes = [new SbomHash("SHA-512", Sha512(Text(root, source), source))] };
            }
            else if (path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase))
            {
                component = WithNuspec(component, Metadata(Text(root, source), source));
            }
        }

        return component;
    }

    private static string Text(string root, string source)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(RegularFile.Read(RelativePath.Resolve(root, source), MaxBytes)));
            return reader.ReadToEnd();
        }
        catch (RelativePathException e)
        {
            throw new SbomFormatException(e.Message, source, "", e);
        }
        catch (RegularFileException e)
        {
            throw new SbomFormatException($"The file {e.Reason}.", source, "", e);
        }
    }

    private static string Sha512(string text, string source)
    {
        Span<byte> hash = stackalloc byte[Sha512Bytes + 3];
        return Convert.TryFromBase64String(text.Trim(), hash, out var length) && length == Sha512Bytes
            ? Convert.ToHexStringLower(hash[..length])
            : throw new SbomFormatException("The file is not the base 64 of a SHA-512 hash.", source, "");
    }

    private static XElement Metadata(string text, string source)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxBytes };
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return Child(XDocument.Load(reader).Root!, "metadata") ?? throw new SbomFormatException("The nuspec has no metadata.", source, "");
        }
        catch (XmlException e)
        {
            throw new SbomFormatException($"The nuspec is not well-formed XML: {e.Message}", source, "", e);
        }
    }

    private static SbomComponent WithNuspec(SbomComponent component, XElement metadata)
    {
        var licence = Child(metadata, "license");
        var isExpression = licence?.Attribute("type")?.Value == "expression";
        var address = Child(metadata, "licenseUrl")?.Value.Trim();
        var repository = Child(metadata, "repository");
        return component with
        {
            LicenceExpression = isExpression ? NotEmpty(licence!.Value) : null,
            LicenceName = isExpression ? null : NotEmpty(licence?.Value) ?? (address == NoAddress ? null : NotEmpty(address)),
            Repository = NotEmpty(repository?.Attribute("url")?.Value),
            Commit = NotEmpty(repository?.Attribute("commit")?.Value),
        };
    }

    // The schema of nuspecs has a namespace a version; the names are the same in all.
    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
