using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>Writes the members of context.json from the facts of layer 1.</summary>
internal sealed class ContextWriter(FactSet facts)
{
    private readonly Dictionary<Stage, Run> _runs = facts.Runs.GroupBy(run => run.Key.Stage).ToDictionary(group => group.Key, group => group.Last());

    public JsonObject Write(ProvenanceReport provenance, DateTimeOffset time) => new()
    {
        ["formatVersion"] = GateContext.FormatVersion,
        ["evidenceRoot"] = facts.Root.ToString(),
        ["time"] = EvidenceTime.Format(time),
        ["trace"] = Trace(),
        ["stages"] = new JsonObject(_runs.Values.Select(run => KeyValuePair.Create(ContextWords.Of(run.Key.Stage), (JsonNode?)StageOf(run)))),
        ["checks"] = Checks(),
        ["measures"] = Measures(),
        ["labels"] = Labels(),
        ["artifacts"] = List(facts.Artifacts.OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Id, StringComparer.Ordinal), Write),
        ["actors"] = List(facts.Actors.OrderBy(a => a.Id, StringComparer.Ordinal), Write),
        ["provenance"] = Write(provenance),
    };

    private bool IsShown(RunKey run) => _runs.TryGetValue(run.Stage, out var shown) && shown.Key == run;

    private JsonObject Trace() => new()
    {
        ["id"] = facts.TraceId.ToString(),
        ["repository"] = facts.Trace.Repository,
        ["base"] = facts.Trace.BaseCommit,
        ["head"] = facts.Trace.HeadCommit,
        ["pullRequest"] = facts.Trace.PullRequest,
        ["workflowRun"] = facts.Trace.WorkflowRun,
        ["attempt"] = facts.Trace.Attempt,
        ["policySet"] = facts.Trace.PolicySet.ToString(),
    };

    private JsonObject StageOf(Run run)
    {
        var stage = new JsonObject
        {
            ["runId"] = facts.RunId(run.Key).ToString(),
            ["attempt"] = run.Key.Attempt,
            ["outcome"] = ContextWords.Of(run.Outcome),
            ["started"] = EvidenceTime.Format(run.Started),
            ["ended"] = EvidenceTime.Format(run.Ended),
            ["used"] = Ids(facts.Of<Used>().Where(u => u.Run == run.Key).Select(u => "urn:kfm:" + u.Artifact)),
            ["generated"] = Ids(facts.Of<Generated>().Where(g => g.Run == run.Key).Select(g => "urn:kfm:" + g.Artifact)),
        };
        if (run.Parent is { } parent)
        {
            stage["parent"] = parent.ToString();
        }

        return stage;
    }

    private JsonObject Checks()
    {
        var worst = facts.Of<Tested>().Where(t => IsShown(t.Run)).GroupBy(t => t.Name, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(t => Severity(t.Status)).ThenBy(t => t.Run.Stage).ThenBy(t => t.Detail, StringComparer.Ordinal).First());
        return new JsonObject(worst.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)new JsonObject
        {
            ["stage"] = ContextWords.Of(t.Run.Stage),
            ["status"] = ContextWords.Of(t.Status),
            ["detail"] = t.Detail,
        })));
    }

    private static int Severity(CheckStatus status) => status switch
    {
        CheckStatus.Error => 3,
        CheckStatus.Failed => 2,
        CheckStatus.Skipped => 1,
        _ => 0,
    };

    private JsonObject Measures() => new(facts.Of<Measured>().Where(m => IsShown(m.Run)).DistinctBy(m => m.Metric, StringComparer.Ordinal)
        .Select(m => KeyValuePair.Create(m.Metric, (JsonNode?)new JsonObject
        {
            ["stage"] = ContextWords.Of(m.Run.Stage),
            ["value"] = m.Value,
            ["unit"] = m.Unit,
        })));

    private JsonObject Labels() => new(facts.Of<Labelled>().Where(l => IsShown(l.Run)).GroupBy(l => l.Name, StringComparer.Ordinal)
        .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)Ids(group.Select(l => l.Value)))));

    private static JsonArray Ids(IEnumerable<string> ids) => CanonicalFile.ToArray(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(item => (JsonNode?)write(item))]);

    private static JsonObject Write(Artifact artifact)
    {
        var json = new JsonObject
        {
            ["id"] = artifact.Id,
            ["name"] = artifact.Name,
            ["role"] = ContextWords.Of(artifact.Role),
            ["mediaType"] = artifact.MediaType,
            ["size"] = artifact.Size,
            ["classification"] = artifact.Classification,
        };
        if (artifact.GitObject is { } id)
        {
            json["gitObject"] = id;
        }

        return json;
    }

    private static JsonObject Write(Actor actor) => new()
    {
        ["id"] = actor.Id,
        ["kind"] = ContextWords.Of(actor.Kind),
        ["version"] = actor.Version,
        ["model"] = actor.Model?.ToString(),
        ["prompt"] = actor.Prompt?.ToString(),
        ["seed"] = actor.Seed?.ToString(),
    };

    private static JsonObject Write(ProvenanceReport report) => new()
    {
        ["documents"] = List(report.Documents.OrderBy(d => d.Name, StringComparer.Ordinal), document => new JsonObject
        {
            ["name"] = document.Name,
            ["digest"] = document.Digest.ToString(),
            ["evidenceRoot"] = document.EvidenceRoot?.ToString(),
        }),
        ["findings"] = List(
            report.Findings.OrderBy(f => f.Rule, StringComparer.Ordinal).ThenBy(f => f.Document, StringComparer.Ordinal)
                .ThenBy(f => f.Pointer, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal),
            finding => new JsonObject
            {
                ["rule"] = finding.Rule,
                ["document"] = finding.Document,
                ["pointer"] = finding.Pointer,
                ["message"] = finding.Message,
            }),
        ["signed"] = report.Signed,
    };
}
