using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>The sentences about what the stages did and found.</summary>
internal static class FactTemplates
{
    // Roles that say who made the proposal. Any other role is not repeated, because its word comes from the record.
    private static readonly string[] Makers = ["author", "proposer"];

    /// <summary>The sentences.</summary>
    public static IEnumerable<FocusSentence> Of(FocusRecord record, IReadOnlyList<Fact> restricted) =>
        [.. Proposal(record, restricted.Count > 0), .. Stages(record.Graph), .. Checks(record.Graph, restricted.Count > 0), .. Numbers(record.Graph), .. Restricted(restricted)];

    private static IEnumerable<FocusSentence> Proposal(FocusRecord record, bool restricted)
    {
        var (graph, trace) = (record.Graph, record.Graph.Trace);
        if (record.Title is { } title && !restricted)
        {
            yield return Say("intent.title", $"The intent is titled {FocusText.Quote(title)}.", graph.Facts.Artifacts.Where(a => a.Name == "intent.json"));
        }

        yield return trace.BaseCommit == trace.HeadCommit
            ? Say("proposal.commits", $"Base and head are the commit `{trace.BaseCommit}`.", trace)
            : Say("proposal.commits", $"The head is the commit `{trace.HeadCommit}` on the base `{trace.BaseCommit}`.", trace);
        foreach (var maker in graph.Facts.Of<AssociatedWith>().Where(a => Makers.Contains(a.Role, StringComparer.Ordinal)).GroupBy(a => (a.Role, a.Actor)))
        {
            var actor = graph.Facts.FindActor(maker.Key.Actor);
            yield return Say("proposal.maker", $"{FocusText.Quote(maker.Key.Actor)}{Kind(actor)} is recorded as {maker.Key.Role}.", actor is null ? [.. maker] : [.. maker, actor]);
        }

        foreach (var acted in graph.Facts.Of<ActedFor>())
        {
            yield return Say("proposal.behalf", $"{FocusText.Quote(acted.Actor)} acted for {FocusText.Quote(acted.Principal)}.", acted);
        }
    }

    private static IEnumerable<FocusSentence> Stages(EvidenceGraph graph)
    {
        foreach (var outcome in Enum.GetValues<RunOutcome>())
        {
            Run[] runs = [.. graph.Facts.Runs.Where(r => r.Outcome == outcome)];
            if (runs.Length > 0)
            {
                var word = outcome == RunOutcome.Skipped ? (runs.Length == 1 ? "was skipped" : "were skipped") : Lower(outcome);
                yield return Say("stages." + Lower(outcome), $"The stage{(runs.Length == 1 ? "" : "s")} {string.Join(", ", runs.Select(r => Name(r.Key)))} {word}.", runs);
            }
        }
    }

    private static IEnumerable<FocusSentence> Checks(EvidenceGraph graph, bool restricted)
    {
        Tested[] checks = [.. graph.Facts.Of<Tested>()];
        foreach (var check in checks.Where(c => c.Status is CheckStatus.Failed or CheckStatus.Error))
        {
            var (template, word) = check.Status == CheckStatus.Failed ? ("check.failed", "failed") : ("check.error", "could not run");
            var detail = restricted || check.Detail is not { Length: > 0 } text ? "" : $": {FocusText.Quote(text)}";
            yield return Say(template, $"The check {CheckName(check, restricted)} {word} in {Name(check.Run)}{detail}.", check);
        }

        foreach (var (status, word) in new[] { (CheckStatus.Passed, "passed"), (CheckStatus.Skipped, "skipped") })
        {
            Tested[] those = [.. checks.Where(c => c.Status == status)];
            if (those.Length > 0)
            {
                yield return Say("checks." + word, $"{FocusTemplates.Count(those.Length, "check")} {(status == CheckStatus.Skipped ? (those.Length == 1 ? "was " : "were ") : "")}{word}.", those);
            }
        }

        if (Array.Find(checks, c => c is { Name: "build.reproducible", Status: CheckStatus.Passed }) is { } same)
        {
            yield return Say("build.reproducible", "The check that two builds give the same bytes passed.", same);
        }
    }

    private static IEnumerable<FocusSentence> Numbers(EvidenceGraph graph)
    {
        if (Single(graph, "patch.files", "patch.added", "patch.deleted") is [var files, var added, var deleted])
        {
            yield return Say(
                "patch.size",
                $"The patch changes {FocusTemplates.Count(files.Value, "file")}: {FocusTemplates.Count(added.Value, "line")} added, {FocusTemplates.Number(deleted.Value)} deleted.",
                files, added, deleted);
        }

        if (Single(graph, "tests.passed", "tests.failed", "tests.skipped") is [var passed, var failed, var skipped])
        {
            yield return Say(
                "tests.count",
                $"Of the tests {FocusTemplates.Number(passed.Value)} passed, {FocusTemplates.Number(failed.Value)} failed and {FocusTemplates.Number(skipped.Value)} were skipped.",
                passed, failed, skipped);
        }

        if (Single(graph, "coverage.lines") is [var coverage])
        {
            yield return Say("coverage.lines", $"The measured coverage of lines is {FocusTemplates.Number(coverage.Value)}.", coverage);
        }

        Artifact[] outputs = [.. graph.Facts.Artifacts.Where(a => a.Role == ArtifactRole.Output)];
        if (outputs.Length > 0)
        {
            yield return Say("build.outputs", $"The record holds {FocusTemplates.Count(outputs.Length, "artifact")} that the preview built.", outputs);
        }
    }

    private static IEnumerable<FocusSentence> Restricted(IReadOnlyList<Fact> restricted) => restricted.Count == 0
        ? []
        : [Say("labels.restricted", $"{FocusTemplates.Count(restricted.Count, "label")} of the record restrict{(restricted.Count == 1 ? "s" : "")} its data; what could tell of the data is not repeated here.", restricted)];

    // Two values of one name would leave open which one a sentence states.
    private static Measured[] Single(EvidenceGraph graph, params string[] metrics)
    {
        Measured[][] found = [.. metrics.Select(m => graph.Facts.Of<Measured>().Where(f => f.Metric == m).ToArray())];
        return Array.TrueForAll(found, f => f.Length == 1) ? [.. found.Select(f => f[0])] : [];
    }

    // Of "data:data/sites.csv" only the kind, where the path could tell.
    private static string CheckName(Tested check, bool restricted) =>
        FocusText.Quote(restricted && check.Name.Split(':', 2) is [var kind, _] ? kind : check.Name);

    private static string Kind(Actor? actor) => actor?.Kind switch
    {
        ActorKind.Ai => ", a model,",
        ActorKind.Human => ", a person,",
        ActorKind.Software => ", a program,",
        _ => "",
    };

    private static string Name(RunKey run) => run.Attempt == 1 ? Lower(run.Stage) : run.ToString();

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static FocusSentence Say(string template, string text, params IEnumerable<Fact> facts) => FocusTemplates.Say(FocusSection.Fact, template, text, facts);
}
