using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>What was found: the change, the actors, the stages, the checks, the build.</summary>
internal static class FactSections
{
    public static void Write(Html html, RunView view)
    {
        html.Section("What changed", h => Change(h, view));
        html.Section("Checks", h => Checks(h, view));
        html.Section("Who and what made it", h => Actors(h, view));
        html.Section("Stages", h => Stages(h, view));
        html.Section("What was built", h => Build(h, view));
        html.Section("What it is made of", h => SbomSection.Write(h, view));
    }

    private static void Change(Html html, RunView view)
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
        DiffSection.Write(html, patch);
    }

    private static void Checks(Html html, RunView view)
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
                Mark.Code(c.Name), c.Run.Stage.ToString().ToLowerInvariant(), Mark.Status(c.Status.ToString().ToLowerInvariant()), c.Detail ?? ""]));
        html.Table("What the stages measured", ["Measure", "Value", "Unit"], view.Facts.Measures.Select(m => (IReadOnlyList<Mark>)[
            Mark.Code(m.Metric), Html.Number(m.Value), m.Unit == "1" ? "" : m.Unit]));
    }

    private static void Actors(Html html, RunView view) =>
        html.Table("Everybody and everything that the record names", ["Id", "Kind", "Version", "As", "Model", "Prompt"], view.Facts.All<Actor>()
            .OrderBy(a => a.Kind).ThenBy(a => a.Id, StringComparer.Ordinal)
            .Select(a => (IReadOnlyList<Mark>)[
                Mark.Code(a.Id),
                a.Kind.ToString().ToLowerInvariant(),
                a.Version ?? "",
                string.Join(", ", view.Facts.All<AssociatedWith>().Where(w => w.Actor == a.Id).Select(w => w.Role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
                Mark.Digest(a.Model?.ToString() ?? ""),
                Mark.Digest(a.Prompt?.ToString() ?? "")]));

    private static void Stages(Html html, RunView view)
    {
        var runs = view.Facts.Runs;
        html.Table(runs.Count == 0 ? "" : $"From the first start to the last end {Seconds(runs.Max(r => r.Ended) - runs.Min(r => r.Started))}", ["Run", "Outcome", "Started (UTC)", "Took"], runs.Select(r => (IReadOnlyList<Mark>)[
            Mark.Code(r.Key.ToString()),
            Mark.Status(r.Outcome.ToString().ToLowerInvariant()),
            r.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            r.Outcome == RunOutcome.Skipped ? "" : Seconds(r.Ended - r.Started)]));
    }

    private static void Build(Html html, RunView view)
    {
        var outputs = view.Facts.Artifacts.Where(a => a.Role == ArtifactRole.Output).ToArray();
        html.Paragraph((outputs.Length == 0 ? "Nothing was built. " : "") + "Isolation of the commands: ", Mark.Code(view.Facts.Label("build.isolation") ?? "not established"), ".");
        html.Table($"{Count(outputs.Length, "artifact")}, {outputs.Sum(a => a.Size)} bytes", ["Name", "Bytes", "SHA-256"], outputs.Select(a => (IReadOnlyList<Mark>)[
            Mark.Code(a.Name), a.Size.ToString(CultureInfo.InvariantCulture), Mark.Digest(a.Digest.Hex)]));
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
