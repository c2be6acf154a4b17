using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>What was found: the change, the actors, the stages, the checks, the build.</summary>
internal static class FactSections
{
    public static void Write(Html html, RunView view)
    {
        html.Section("change", "What changed", 3, h => Change(h, view));
        html.Section("actors", "Who and what made it", 3, h => Actors(h, view));
        html.Section("stages", "Stages", 3, h => Stages(h, view));
        html.Section("checks", "Checks", 3, h => Checks(h, view));
        html.Section("build", "What was built", 3, h => Build(h, view));
        html.Section("sbom", "What it is made of", 3, h => Sbom(h, view));
    }

    private static void Change(Html html, RunView view)
    {
        var facts = view.Facts;
        if (view.Patch is not { } patch)
        {
            html.Paragraph("No patch was kept: the proposal was refused before it could be applied.");
            return;
        }

        html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"{facts.Measure("patch.files") ?? 0} files, {facts.Measure("patch.added") ?? 0} lines added, {facts.Measure("patch.deleted") ?? 0} deleted."));
        DiffSection.Write(html, patch);
    }

    private static void Actors(Html html, RunView view)
    {
        html.Table("Actors", ["Id", "Kind", "Version", "As", "Model", "Prompt"], view.Facts.All<Actor>()
            .OrderBy(a => a.Id, StringComparer.Ordinal)
            .Select(a => (IReadOnlyList<Mark>)[
                Mark.Code(a.Id),
                a.Kind.ToString().ToLowerInvariant(),
                a.Version ?? "",
                string.Join(", ", view.Facts.All<AssociatedWith>().Where(w => w.Actor == a.Id).Select(w => w.Role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
                Mark.Code(Short(a.Model?.ToString())),
                Mark.Code(Short(a.Prompt?.ToString()))]));
    }

    private static void Stages(Html html, RunView view) =>
        html.Table("Stages", ["Stage", "Outcome", "Started (UTC)", "Took"], view.Facts.Runs.Select(r => (IReadOnlyList<Mark>)[
            Mark.Code(r.Key.ToString()),
            Mark.Status(r.Outcome.ToString().ToLowerInvariant()),
            r.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{(r.Ended - r.Started).TotalSeconds:0.000} s")]));

    private static void Checks(Html html, RunView view)
    {
        html.Table("Checks", ["Check", "Stage", "Result", "Detail"], view.Facts.Checks.Select(c => (IReadOnlyList<Mark>)[
            Mark.Code(c.Name),
            c.Run.Stage.ToString().ToLowerInvariant(),
            Mark.Status(c.Status.ToString().ToLowerInvariant()),
            c.Detail ?? ""]));
        html.Table("Measures", ["Measure", "Value", "Unit"], view.Facts.Measures.Select(m => (IReadOnlyList<Mark>)[
            Mark.Code(m.Metric), Html.Number(m.Value), m.Unit]));
    }

    private static void Build(Html html, RunView view)
    {
        var outputs = view.Facts.Artifacts.Where(a => a.Role == ArtifactRole.Output).ToArray();
        html.Paragraph($"Isolation of the commands: {view.Facts.Label("build.isolation") ?? "not established"}.");
        if (outputs.Length == 0)
        {
            html.Paragraph("Nothing was built.");
            return;
        }

        html.Table("Artifacts", ["Name", "Bytes", "SHA-256"], outputs.Select(a => (IReadOnlyList<Mark>)[
            Mark.Code(a.Name), a.Size.ToString(CultureInfo.InvariantCulture), Mark.Code(a.Digest.Hex)]));
    }

    private static void Sbom(Html html, RunView view)
    {
        if (view.Sbom is not { } bom)
        {
            html.Paragraph("No bill of materials was made.");
            return;
        }

        html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"{bom.Root.Name} {bom.Root.Version} with {bom.Components.Count} components; licences: {string.Join(", ", view.Facts.Labels("sbom.licence").DefaultIfEmpty("none to name"))}."));
        if (bom.Components.Count > 0)
        {
            html.Table("Components", ["Component", "Version", "Package URL", "Licence"], bom.Components.Select(c => (IReadOnlyList<Mark>)[
                c.Name, c.Version, Mark.Code(c.PackageUrl ?? ""), c.LicenceExpression ?? c.LicenceName ?? "not stated"]));
        }
    }

    private static string Short(string? digest) => digest is null ? "" : digest[..Math.Min(19, digest.Length)];
}
