using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.OpenLineage;

/// <summary>The two events of a run.</summary>
internal sealed class EventWriter(FactSet facts, Run run)
{
    private string Namespace => facts.Trace.Repository;

    public IEnumerable<LineageEvent> Events() =>
    [
        Event("START", run.Started, StartFacets()),
        Event(run.Outcome == RunOutcome.Failed ? "FAIL" : "COMPLETE", run.Ended, EndFacets()) with { Outputs = Outputs() },
    ];

    private LineageEvent Event(string type, DateTimeOffset time, JsonObject runFacets) => new()
    {
        EventTime = EvidenceTime.Format(time),
        EventType = type,
        Producer = Facet.Producer,
        SchemaUrl = Facet.EventSchema,
        Run = new LineageRun(facts.RunId(run.Key).ToString()) { Facets = runFacets },
        Job = Job(run.Key) with { Facets = JobFacets() },
        Inputs = Inputs(),
    };

    private LineageJob Job(RunKey? key) => new(Namespace, key is { } k ? "pr." + EnumText.Write(k.Stage) : "pr");

    private JsonObject JobFacets()
    {
        var trace = facts.Trace;
        var source = new JsonObject { ["type"] = "git", ["url"] = trace.Repository, ["repoUrl"] = trace.Repository, ["version"] = trace.HeadCommit };
        return new JsonObject
        {
            ["sourceCodeLocation"] =
                Facet.Standard("SourceCodeLocationJobFacet", "1-1-0", FactJson.With(source, "pullRequestNumber", trace.PullRequest)),
            ["jobType"] = Facet.Standard(
                "JobTypeJobFacet",
                "2-0-4",
                new JsonObject { ["processingType"] = "BATCH", ["integration"] = "KFM", ["jobType"] = run.Key.Stage.ToString().ToUpperInvariant() }),
        };
    }

    private JsonObject StartFacets()
    {
        var trace = facts.Trace;
        var facets = new JsonObject
        {
            ["parent"] = Parent(),
            ["kfm_evidence"] = Facet.Kfm("KfmEvidenceRunFacet", new JsonObject
            {
                ["root"] = facts.Root.ToString(),
                ["traceId"] = facts.TraceId.ToString(),
                ["base"] = trace.BaseCommit,
                ["workflowRun"] = trace.WorkflowRun,
                ["attempt"] = trace.Attempt,
                ["policySet"] = trace.PolicySet.ToString(),
            }),
            ["kfm_run"] = Facet.Kfm("KfmRunRunFacet", FactJson.With(
                new JsonObject { ["run"] = run.Key.ToString() },
                "parent",
                run.Parent?.ToString())),
        };
        AddAgent(facets);
        AddDependencies(facets);
        return facets;
    }

    private JsonObject EndFacets()
    {
        var facets = StartFacets();
        var tests = Mine<Tested>(f => f.Run).ToList();
        AddList(facets, "test", "tests", tests.Select(Test), body => Facet.Standard("TestRunFacet", "1-0-1", body));
        AddList(facets, "kfm_measures", "measures", Mine<Measured>(f => f.Run).Select(Body), body => Facet.Kfm("KfmMeasuresRunFacet", body));
        AddList(facets, "kfm_labels", "labels", Mine<Labelled>(f => f.Run).Select(Body), body => Facet.Kfm("KfmLabelsRunFacet", body));
        AddList(facets, "kfm_derivations", "derivations", Mine<DerivedFrom>(f => f.Run).Select(Body), body => Facet.Kfm("KfmDerivationsRunFacet", body));
        foreach (var decided in Mine<Decided>(f => f.Run))
        {
            facets["kfm_gateDecision"] = Facet.Kfm("KfmGateDecisionRunFacet", Body(decided));
        }

        if (run.Outcome == RunOutcome.Failed)
        {
            facets["errorMessage"] = Facet.Standard(
                "ErrorMessageRunFacet",
                "1-0-1",
                new JsonObject { ["message"] = Failure(tests), ["programmingLanguage"] = "none" });
        }

        return facets;
    }

    private JsonObject Parent() => Facet.Standard("ParentRunFacet", "1-2-0", new JsonObject
    {
        ["run"] = new JsonObject { ["runId"] = (run.Parent is { } parent ? facts.RunId(parent) : facts.TraceId).ToString() },
        ["job"] = Job(run.Parent).ToNode(),
        ["root"] = new JsonObject
        {
            ["run"] = new JsonObject { ["runId"] = facts.TraceId.ToString() },
            ["job"] = Job(null).ToNode(),
        },
    });

    private void AddAgent(JsonObject facets)
    {
        var associations = Mine<AssociatedWith>(f => f.Run).ToList();
        if (associations.Count == 0)
        {
            return;
        }

        var ids = Delegation.Closure(facts, associations.Select(a => a.Actor));
        var actors = facts.Actors.Where(a => ids.Contains(a.Id)).ToList();
        facets["kfm_agent"] = Facet.Kfm("KfmAgentRunFacet", new JsonObject
        {
            ["actors"] = List(actors.Select(a => Bare(a))),
            ["associations"] = List(associations.Select(Body)),
            ["delegations"] = List(facts.Of<ActedFor>().Where(d => ids.Contains(d.Actor)).Select(d => Bare(d))),
        });
        var engine = actors.FirstOrDefault(a => a is { Kind: ActorKind.Software, Version: not null });
        if (engine is not null)
        {
            facets["processing_engine"] = Facet.Standard(
                "ProcessingEngineRunFacet",
                "1-1-1",
                new JsonObject { ["name"] = engine.Id, ["version"] = engine.Version });
        }
    }

    private void AddDependencies(JsonObject facets) => AddList(
        facets,
        "jobDependencies",
        "upstream",
        Mine<InformedBy>(f => f.Run).Select(f => new JsonObject
        {
            ["job"] = Job(f.Earlier).ToNode(),
            ["run"] = new JsonObject { ["runId"] = facts.RunId(f.Earlier).ToString() },
            ["kfm_run"] = f.Earlier.ToString(),
        }),
        body => Facet.Standard("JobDependenciesRunFacet", "1-0-1", body));

    private LineageDataset[] Inputs()
    {
        var roles = Mine<Used>(f => f.Run).ToLookup(u => u.Artifact, u => u.Role);
        return
        [
            .. Sorted(roles.SelectMany(g => facts.Read(g.Key))).Select(a => Dataset(a) with
            {
                InputFacets = new JsonObject
                {
                    ["kfm_use"] = Facet.Kfm("KfmUseInputDatasetFacet", new JsonObject { ["roles"] = FactJson.Texts(roles[a.Digest]) }),
                },
            }),
        ];
    }

    private LineageDataset[] Outputs() => [.. Sorted(Mine<Generated>(f => f.Run).SelectMany(g => facts.Written(g.Artifact))).Select(Dataset)];

    private static IEnumerable<Artifact> Sorted(IEnumerable<Artifact> artifacts) =>
        artifacts.Distinct().OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Digest);

    private LineageDataset Dataset(Artifact artifact)
    {
        var body = Bare(artifact);
        body.Remove("name");
        return new LineageDataset("kfm+" + Namespace, artifact.Name)
        {
            Facets = new JsonObject
            {
                ["version"] = Facet.Standard(
                    "DatasetVersionDatasetFacet", "1-0-1", new JsonObject { ["datasetVersion"] = artifact.Digest.ToString() }),
                ["kfm_digest"] = Facet.Kfm("KfmDigestDatasetFacet", body),
            },
        };
    }

    private static JsonObject Test(Tested test)
    {
        var status = test.Status switch { CheckStatus.Passed => "pass", CheckStatus.Skipped => "skip", _ => "fail" };
        var json = new JsonObject
        {
            ["name"] = test.Name,
            ["status"] = status,
            ["severity"] = "error",
            ["params"] = new JsonObject { ["kfm_status"] = EnumText.Write(test.Status) },
        };
        return FactJson.With(json, "actual", test.Detail);
    }

    private static string Failure(IEnumerable<Tested> tests)
    {
        var failed = tests.Where(t => t.Status is CheckStatus.Failed or CheckStatus.Error).Select(t => t.Name).ToList();
        return failed.Count == 0 ? "The run failed." : "The run failed: " + string.Join(", ", failed);
    }

    private IEnumerable<T> Mine<T>(Func<T, RunKey> owner)
        where T : Fact => facts.Of<T>().Where(f => owner(f) == run.Key);

    // The members of a fact without what the event says anyway: the run, and the kind by the place.
    private static JsonObject Body(Fact fact)
    {
        var json = Bare(fact);
        json.Remove("run");
        return json;
    }

    private static JsonObject Bare(Fact fact)
    {
        var json = FactJson.Write(fact);
        json.Remove("kind");
        return json;
    }

    private static void AddList(JsonObject facets, string key, string member, IEnumerable<JsonObject> items, Func<JsonObject, JsonObject> facet)
    {
        var list = List(items);
        if (list.Count > 0)
        {
            facets[key] = facet(new JsonObject { [member] = list });
        }
    }

    private static JsonArray List(IEnumerable<JsonObject> items) => new([.. items.Select(i => (JsonNode?)i)]);
}
