using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Sbom;

namespace Kfm.Pipeline.Report;

/// <summary>The bill of materials in short: how many components stand under which licence.</summary>
internal static class SbomSection
{
    private const int MaximumComponents = 300;

    public static void Write(Html html, RunView view)
    {
        if (view.Sbom is not { } bom)
        {
            html.Paragraph("No bill of materials was made.");
            return;
        }

        html.Paragraph(
            Mark.Code($"{bom.Root.Name} {bom.Root.Version}".Trim()),
            bom.Components.Count == 0 ? ": the bill of materials names no dependency." : $" with {Count(bom)}.");
        html.Table("By licence", ["Licence", "Components"], bom.Components
            .GroupBy(Licence, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<Mark>)[Mark.Code(g.Key), Html.Number(g.Count())]));
        if (bom.Components.Count > 0)
        {
            html.Folded("All components", h => Components(h, bom));
        }
    }

    private static void Components(Html html, CycloneDxBom bom)
    {
        html.Table("In the order of the bill of materials", ["Component", "Version", "Licence", "Package URL"], bom.Components.Take(MaximumComponents)
            .Select(c => (IReadOnlyList<Mark>)[c.Name, c.Version, Mark.Code(Licence(c)), Mark.Code(c.PackageUrl ?? "")]));
        if (bom.Components.Count > MaximumComponents)
        {
            html.Paragraph($"Here stand the first {MaximumComponents}; all are in ", Mark.Code(BundleFiles.Sbom), ".");
        }
    }

    private static string Count(CycloneDxBom bom) => $"{bom.Components.Count} component{(bom.Components.Count == 1 ? "" : "s")}";

    private static string Licence(SbomComponent component) => component.LicenceExpression ?? component.LicenceName ?? "not stated";
}
