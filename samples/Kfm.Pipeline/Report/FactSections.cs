using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report.Diff;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>What was found: the change, the actors, the stages, the checks, the build.</summary>
internal static class FactSections
{
    private const int MaximumLabels = 300;

    public static void Write(Html html, RunView view, Anchors anchors)
    {
        html.Section("What changed", h => Change(h, view, anchors), "change");
        html.Section("Checks", h => Checks(h, view, anchors), "checks");
        html.Section("Who and what made it", h => Actors(h, view, anchors), "actors");
        html.Section("Stages", h => Stages(h, view), "stages");
        html.Section("What was built", h => Build(h, view), "built");
        html.Section("What it is made of", h => SbomSection.Write(h, view), "sbom");
        html.Section("Artifacts", h => Artifacts(h, view, anchors), Anchors.Artifacts);
        html.Section("Measures and labels", h => Words(h, view), "words");
    }

    private static void Change(Html html, RunView view, Anchors anchors)
    {
        var facts = view.Facts;
        if (view.Patch is not { } patch)
        {
            html.Paragraph("No patch was kept: the proposal was refused before it could be applied.");
            return;
        }

        html.Paragraph(facts.Measure("patch.files") is { } files
            ? $"{Count(files, "file")}, {Count(facts.Measure("patch.added") ?? 0, "line")} added, {Html.Number(facts.Measure("patch.deleted") ?? 0)} deleted."
            : "The patch was kept and not counted.");
        DiffSection.Write(html, view, anchors, patch);
    }

    private static void Checks(Html html, RunView view, Anchors anchors)
    {
        var checks = view.Facts.Checks.OrderBy(c => Rank(c.Status)).ToArray();
        if (checks.Length == 0)
        {
            html.Paragraph("No check stands in the record.");
        }

        html.Table(
            string.Join(", ", checks.GroupBy(c => c.Status).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}")),
            ["Check", "Stage", "Result", "Detail"],
            checks.Select(c => (IReadOnlyList<Mark>)[
                Mark.Code(c.Name), c.Run.Stage.ToString().ToLowerInvariant(), Mark.Status(c.Status.ToString().ToLowerInvariant()), c.Detail ?? ""]),
            i => anchors.Of(checks[i]));
    }

    private static void Actors(Html html, RunView view, Anchors anchors)
    {
        Actor[] actors = [.. view.Facts.All<Actor>().OrderBy(a => a.Kind).ThenBy(a => a.Id, StringComparer.Ordinal)];
        if (actors.Length == 0)
        {
            html.Paragraph("The record names nobody.");
        }

        html.Table(
            "Everybody and everything that the record names",
            ["Id", "Kind", "Version", "As", "For", "Model", "Prompt"],
            actors.Select(a => (IReadOnlyList<Mark>)[
                Mark.Code(a.Id),
                a.Kind.ToString().ToLowerInvariant(),
                a.Version ?? "",
                string.Join(", ", view.Facts.All<AssociatedWith>().Where(w => w.Actor == a.Id).Select(w => w.Role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
                string.Join(", ", view.Facts.All<ActedFor>().Where(f => f.Actor == a.Id).Select(f => f.Principal).Order(StringComparer.Ordinal)),
                Mark.Digest(a.Model?.ToString() ?? ""),
                Mark.Digest(a.Prompt?.ToString() ?? "")]),
            i => anchors.Of(actors[i]));
    }

    private static void Stages(Html html, RunView view)
    {
        var runs = view.Facts.Runs;
        html.Table(
            runs.Count == 0 ? "" : $"From the first start to the last end {Seconds(runs.Max(r => r.Ended) - runs.Min(r => r.Started))}",
            ["Run", "Outcome", "Started (UTC)", "Took"],
            runs.Select(r => (IReadOnlyList<Mark>)[
                Mark.Code(r.Key.ToString()),
                Mark.Status(r.Outcome.ToString().ToLowerInvariant()),
                r.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                r.Outcome == RunOutcome.Skipped ? "" : Seconds(r.Ended - r.Started)]),
            i => Anchors.Of(runs[i].Key));
    }

    private static void Build(Html html, RunView view)
    {
        var outputs = view.Facts.Artifacts.Where(a => a.Role == ArtifactRole.Output).ToArray();
        html.Paragraph(
            outputs.Length == 0 ? "Nothing was built. " : $"{Count(outputs.Length, "artifact")}, {Count(outputs.Sum(a => a.Size), "byte")}. ",
            "Isolation of the commands: ", Mark.Code(view.Facts.Label("build.isolation") ?? "not established"), ".");
    }

    private static void Artifacts(Html html, RunView view, Anchors anchors)
    {
        var all = view.Facts.Artifacts;
        if (all.Count == 0)
        {
            html.Paragraph("The record names no artifact.");
        }

        html.Table(
            $"{Count(all.Count, "artifact")} by name; repo: is the repository, the others are files of this bundle",
            ["Name", "Role", "Bytes", "Class", "SHA-256"],
            all.Take(Anchors.MaximumArtifacts).Select(a => (IReadOnlyList<Mark>)[
                view.Bundle.Has(a.Name) ? Mark.File(a.Name) : Mark.Code(a.Name),
                a.Role.ToString().ToLowerInvariant(),
                a.Size.ToString(CultureInfo.InvariantCulture),
                a.Classification,
                Mark.Digest(a.Digest.Hex)]),
            i => string.Create(CultureInfo.InvariantCulture, $"artifact-{i + 1}"));
        Rest(html, all.Count, Anchors.MaximumArtifacts);
    }

    // Every measure and label, also those that this version does not know.
    private static void Words(Html html, RunView view)
    {
        html.Table("What the stages measured", ["Measure", "Value", "Unit", "Stage"], view.Facts.Measures.Select(m => (IReadOnlyList<Mark>)[
            Mark.Code(m.Metric), Html.Number(m.Value), m.Unit == "1" ? "" : m.Unit, m.Run.Stage.ToString().ToLowerInvariant()]));
        var labels = view.Facts.All<Labelled>().OrderBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Value, StringComparer.Ordinal).ToArray();
        html.Table("What the stages found out", ["Label", "Value", "Stage"], labels.Take(MaximumLabels).Select(l => (IReadOnlyList<Mark>)[
            Mark.Code(l.Name), l.Value, l.Run.Stage.ToString().ToLowerInvariant()]));
        Rest(html, labels.Length, MaximumLabels);
        if (labels.Length == 0 && view.Facts.Measures.Count == 0)
        {
            html.Paragraph("The record holds none.");
        }
    }

    private static void Rest(Html html, int all, int shown)
    {
        if (all > shown)
        {
            html.Paragraph($"{Html.Number(all - shown)} more are not shown here; all stand in ", Mark.File(BundleFiles.Evidence), ".");
        }
    }

    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Failed => 0,
        CheckStatus.Error => 1,
        CheckStatus.Skipped => 2,
        _ => 3,
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");

    private static string Count(double count, string noun) => $"{Html.Number(count)} {noun}{(count == 1 ? "" : "s")}";
}
