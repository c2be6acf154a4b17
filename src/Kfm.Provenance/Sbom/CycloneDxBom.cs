using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Sbom;

/// <summary>
/// A CycloneDX 1.6 bill of materials of a restored .NET project. The same restore and the same options give the same bytes on
/// every machine: no path, no clock, no random serial number.
/// </summary>
public sealed class CycloneDxBom
{
    private const int MaxComponents = 100_000;

    internal CycloneDxBom(SbomComponent root, DateTimeOffset timestamp, IEnumerable<SbomComponent> components)
    {
        Root = root;
        Timestamp = DateTimeOffset.FromUnixTimeSeconds(timestamp.ToUnixTimeSeconds());
        Components = [.. components.OrderBy(c => c.Reference, StringComparer.Ordinal)];
    }

    /// <summary>The project itself (<c>metadata.component</c>).</summary>
    public SbomComponent Root { get; }

    /// <summary>The time of the source, in UTC and whole seconds.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Packages and referenced projects, sorted by reference.</summary>
    public FactList<SbomComponent> Components { get; }

    /// <summary><c>urn:uuid:</c> and the version 5 identifier (RFC 9562) of the bill without its serial number.</summary>
    public string SerialNumber => CycloneDxWriter.SerialNumber(this);

    /// <summary>The digest of <see cref="ToJson"/>.</summary>
    public Digest Digest => Digest.Of(ToJson());

    /// <summary>Makes the bill of a restored project.</summary>
    /// <param name="assets">The content of <c>obj/project.assets.json</c>.</param>
    /// <param name="options">The time, the packages folders, and what to say otherwise than the assets.</param>
    /// <exception cref="SbomFormatException">
    /// The assets, or a file of a package, are malformed; the project is not restored; or it has several targets and none is named.
    /// </exception>
    public static CycloneDxBom FromAssets(ReadOnlySpan<byte> assets, SbomOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var project = ProjectAssets.Read(assets, options.Target);
        if (project.Libraries.Count > MaxComponents)
        {
            throw ProjectAssets.Error($"The project has {project.Libraries.Count} libraries; the limit is {MaxComponents}.", "/libraries");
        }

        return new AssetsProjection(project, options).Bom();
    }

    /// <summary>Reads a bill.</summary>
    /// <param name="utf8">What <see cref="ToJson"/> gave. Any other document is refused, however valid, since parts of it would be lost.</param>
    /// <exception cref="SbomFormatException">The text is not a bill that Kfm writes.</exception>
    public static CycloneDxBom Parse(ReadOnlySpan<byte> utf8) => CycloneDxReader.Read(utf8);

    /// <summary>The bill as CycloneDX JSON in RFC 8785 form and one line feed.</summary>
    public byte[] ToJson() => CycloneDxWriter.Write(this);

    /// <summary>What the bill does not know: packages without a file hash or without a licence, a sentence each; empty when it is complete.</summary>
    public IReadOnlyList<string> Gaps() =>
    [
        .. Components.Where(c => c.PackageUrl is not null && c.Hashes.Count == 0).Select(c => $"{c.Reference} has no file hash"),
        .. Components.Where(c => c.PackageUrl is not null && c.LicenceExpression is null && c.LicenceName is null).Select(c => $"{c.Reference} has no licence"),
    ];
}
