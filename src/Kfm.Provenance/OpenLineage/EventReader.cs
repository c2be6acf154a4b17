using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.OpenLineage;

/// <summary>Reads back what the events of <see cref="EventWriter"/> claim.</summary>
internal sealed class EventReader(IReadOnlyList<JsonCursor> events, Claims claims)
{
    private readonly Dictionary<RunKey, (JsonCursor Time, int Count)> _starts = [];
    private readonly Dictionary<RunKey, int> _ends = [];

    public void Read()
    {
        foreach (var item in events)
        {
            var key = RunFacet(item, "kfm_run").Member("run").RunKey();
            claims.AddRunId(key, item.Member("run").Member("runId"));
            RequireJob(item, key);
            Trace(item);
            Inputs(item, key);
            Actors(item, key);
            if (item.Member("eventType").Text() is "START")
            {
                _starts[key] = (item.Member("eventTime"), _starts.GetValueOrDefault(key).Count + 1);
            }
            else
            {
                End(item, key);
            }
        }

        RequirePairs();
    }

    private void End(JsonCursor item, RunKey key)
    {
        _ends[key] = _ends.GetValueOrDefault(key) + 1;
        var ended = item.Member("eventTime");
        RunKey? parent = RunFacet(item, "kfm_run").Optional("parent")?.RunKey();
        var started = _starts.TryGetValue(key, out var start) ? start.Time.Time() : ended.Time();
        claims.Add(new Run(key, started, ended.Time(), Outcome(item.Member("eventType")), parent), ended);
        foreach (var (dataset, artifact) in Datasets(item.Member("outputs")))
        {
            claims.Add(new Generated(key, artifact), dataset);
        }

        Findings(item, key);
    }

    private static RunOutcome Outcome(JsonCursor type) => type.Text() switch
    {
        "COMPLETE" => RunOutcome.Succeeded,
        "FAIL" => RunOutcome.Failed,
        _ => throw type.Error("START, COMPLETE or FAIL is expected"),
    };

    private void RequirePairs()
    {
        foreach (var key in _starts.Keys.Union(_ends.Keys))
        {
            var (starts, ends) = (_starts.GetValueOrDefault(key).Count, _ends.GetValueOrDefault(key));
            if (starts != 1 || ends != 1)
            {
                claims.Problems.Add(("C1", "", $"the run {key} has {starts} START and {ends} terminal events; one of each is expected"));
            }
        }
    }

    private static void RequireJob(JsonCursor item, RunKey key)
    {
        var name = item.Member("job").Member("name");
        if (!string.Equals(name.Text(), "pr." + EnumText.Write(key.Stage), StringComparison.Ordinal))
        {
            throw name.Error($"the job of {key} is expected");
        }
    }

    private void Trace(JsonCursor item)
    {
        var (job, evidence) = (item.Member("job"), RunFacet(item, "kfm_evidence"));
        var source = job.Member("facets").Member("sourceCodeLocation");
        claims.AddRoot(evidence.Member("root"));
        claims.AddTraceId(evidence.Member("traceId"));
        claims.AddTraceId(RunFacet(item, "parent").Member("root").Member("run").Member("runId"));
        var trace = new Trace(
            job.Member("namespace").Text(),
            evidence.Member("base").Text(),
            source.Member("version").Text(),
            source.Optional("pullRequestNumber")?.Text(),
            evidence.Member("workflowRun").Text(),
            evidence.Member("attempt").Count(),
            evidence.Member("policySet").Digest());
        claims.Add(trace, source);
    }

    private void Inputs(JsonCursor item, RunKey key)
    {
        foreach (var (dataset, artifact) in Datasets(item.Member("inputs")))
        {
            foreach (var role in dataset.Member("inputFacets").Member("kfm_use").Member("roles").Items())
            {
                claims.Add(new Used(key, artifact, role.Text()), role);
            }
        }
    }

    private IEnumerable<(JsonCursor Dataset, Digests.Digest Artifact)> Datasets(JsonCursor list)
    {
        foreach (var dataset in list.Items())
        {
            var body = dataset.Member("facets").Member("kfm_digest");
            var artifact = new Artifact(
                body.Member("digest").Digest(),
                dataset.Member("name").Text(),
                body.Member("mediaType").Text(),
                body.Member("size").Integer(),
                body.Member("role").Word<ArtifactRole>(),
                body.Member("classification").Text())
            {
                GitObject = body.Optional("gitObject")?.Text(),
            };
            claims.Add(artifact, body);
            yield return (dataset, dataset.Member("facets").Member("version").Member("datasetVersion").Digest());
        }
    }

    private void Actors(JsonCursor item, RunKey key)
    {
        if (OptionalFacet(item, "kfm_agent") is not { } agent)
        {
            return;
        }

        foreach (var actor in agent.Member("actors").Items())
        {
            claims.Add(FactReader.Actor(actor), actor);
        }

        foreach (var association in agent.Member("associations").Items())
        {
            claims.Add(new AssociatedWith(key, association.Member("actor").Text(), association.Member("role").Text()), association);
        }

        foreach (var delegation in agent.Member("delegations").Items())
        {
            claims.Add(new ActedFor(delegation.Member("actor").Text(), delegation.Member("principal").Text()), delegation);
        }
    }

    private void Findings(JsonCursor item, RunKey key)
    {
        foreach (var f in List(item, "test", "tests"))
        {
            var status = f.Member("params").Member("kfm_status").Word<CheckStatus>();
            claims.Add(new Tested(key, f.Member("name").Text(), status, f.Optional("actual")?.Text()), f);
        }

        foreach (var f in List(item, "kfm_measures", "measures"))
        {
            claims.Add(new Measured(key, f.Member("metric").Text(), f.Member("value").Number(), f.Member("unit").Text()), f);
        }

        foreach (var f in List(item, "kfm_labels", "labels"))
        {
            claims.Add(new Labelled(key, f.Member("name").Text(), f.Member("value").Text()), f);
        }

        foreach (var f in List(item, "kfm_derivations", "derivations"))
        {
            claims.Add(new DerivedFrom(f.Member("artifact").Digest(), f.Member("source").Digest(), key), f);
        }

        foreach (var f in List(item, "jobDependencies", "upstream"))
        {
            var earlier = f.Member("kfm_run").RunKey();
            claims.AddRunId(earlier, f.Member("run").Member("runId"));
            claims.Add(new InformedBy(key, earlier), f);
        }

        if (OptionalFacet(item, "kfm_gateDecision") is { } decision)
        {
            claims.Add(FactReader.Decided(decision, key), decision);
        }
    }

    private static IEnumerable<JsonCursor> List(JsonCursor item, string facet, string member) =>
        OptionalFacet(item, facet)?.Member(member).Items() ?? [];

    private static JsonCursor RunFacet(JsonCursor item, string key) => item.Member("run").Member("facets").Member(key);

    private static JsonCursor? OptionalFacet(JsonCursor item, string key) => item.Member("run").Member("facets").Optional(key);
}
