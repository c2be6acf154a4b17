using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Sbom;

/// <summary>Makes components of the resolved graph and the files of its packages.</summary>
internal sealed class AssetsProjection(ProjectAssets assets, SbomOptions options)
{
    private readonly HashSet<string> _shipped = new(StringComparer.OrdinalIgnoreCase);

    public CycloneDxBom Bom()
    {
        foreach (var direct in assets.Direct.Where(n => !assets.DevelopmentOnly.Contains(n)))
        {
            MarkShipped(direct);
        }

        var name = options.Name ?? assets.Name;
        var version = options.Version ?? assets.Version;
        var root = new SbomComponent($"{name}@{version}", name, version)
        {
            Type = options.Type,
            DependsOn = References(assets.Direct),
        };
        return new(root, options.Timestamp, assets.Libraries.Values.Select(Component));
    }

    private void MarkShipped(string first)
    {
        var open = new Stack<string>([first]);
        while (open.TryPop(out var name))
        {
            if (_shipped.Add(name))
            {
                foreach (var dependency in Library(name).Dependencies)
                {
                    open.Push(dependency);
                }
            }
        }
    }

    private SbomComponent Component(ProjectLibrary library)
    {
        var component = new SbomComponent(Reference(library), library.Name, library.Version)
        {
            IsDevelopmentOnly = !_shipped.Contains(library.Name),
            DependsOn = References(library.Dependencies),
        };
        return library.IsProject ? component : PackageFiles.Describe(component with
        {
            PackageUrl = component.Reference,
            ContentHash = library.ContentHash,
        }, library.Folder!, options.PackageFolders);
    }

    // A dependency is written with a range; the edge leads to the version that was resolved.
    private FactList<string> References(IEnumerable<string> names) =>
        [.. names.Select(name => Reference(Library(name))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private ProjectLibrary Library(string name) => assets.Libraries.TryGetValue(name, out var library)
        ? library
        : throw ProjectAssets.Error($"{name} is not resolved; restore the project.", "/targets/" + JsonCursor.Escape(assets.Target));

    private static string Reference(ProjectLibrary library) => library.IsProject
        ? $"{library.Name}@{library.Version}"
        : $"pkg:nuget/{Uri.EscapeDataString(library.Name)}@{Uri.EscapeDataString(library.Version)}";
}
