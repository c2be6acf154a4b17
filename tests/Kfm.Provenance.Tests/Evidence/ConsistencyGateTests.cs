using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Evidence;
using Xunit.Abstractions;

namespace Kfm.Provenance.Tests.Evidence;

public sealed class ConsistencyGateTests(ITestOutputHelper output)
{
    private const int PerGraph = 25;

    private static Dictionary<string, byte[]> Documents(EvidenceGraph graph) =>
        Projections.All.Where(p => p.Applies(graph)).ToDictionary(p => p.Name, p => p.Project(graph), StringComparer.Ordinal);

    [Fact]
    public void Documents_of_a_record_have_no_finding() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var graph = GraphGenerator.Graph(seed);
            return ConsistencyGate.Check(graph, Documents(graph)).Count == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_mutation_of_one_field_is_found()
    {
        var wanted = int.Parse(Environment.GetEnvironmentVariable("KFM_MUTATIONS") ?? "600", CultureInfo.InvariantCulture);
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var (done, seed) = (0, 1); done < wanted; seed++)
        {
            var graph = GraphGenerator.Decided(seed);
            var documents = Documents(graph);
            var random = new Random(seed);
            for (var i = 0; i < PerGraph && done < wanted; i++)
            {
                var name = documents.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(documents.Count));
                if (Mutation.Of(documents[name], random) is not var (changed, what))
                {
                    continue;
                }

                done++;
                var projection = Projections.All.Single(p => p.Name == name);
                var findings = ConsistencyGate.Check(graph, projection, changed);
                Assert.True(findings.Count > 0, $"seed {seed}, {name}, {what}");
                var rule = string.Join('+', findings.Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal));
                rules[rule] = rules.GetValueOrDefault(rule) + 1;
            }
        }

        output.WriteLine($"{wanted} mutations, all found: " + string.Join(", ", rules.Select(r => $"{r.Key} {r.Value}")));
    }

    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "lineage/events.ndjson", "\"eventTime\":\"2026-03-04T05:06:09.089Z\"", "\"eventTime\":\"2026-03-04T05:06:09.090Z\"", "C4" },
        { "lineage/events.ndjson", Graphs.Trace.HeadCommit, "1123456789abcdef0123456789abcdef01234567", "C5" },
        { "lineage/events.ndjson", "\"pullRequestNumber\":\"42\"", "\"pullRequestNumber\":\"43\"", "C5" },
        { "lineage/events.ndjson", "\"verdict\":\"deny\"", "\"verdict\":\"allow\"", "C6" },
        { "lineage/events.ndjson", "\"eventType\":\"FAIL\"", "\"eventType\":\"COMPLETE\"", "C1" },
        { "lineage/events.ndjson", "\"roles\":[\"subject\"]", "\"roles\":[\"source\"]", "C3" },
        { "prov/run.jsonld", "urn:kfm:role:builder", "urn:kfm:role:author", "C12" },
        { "prov/run.jsonld", "\"kfm:head\":\"0123", "\"kfm:head\":\"1123", "C5" },
        { "prov/run.jsonld", "qa: tests failed", "qa: tests passed", "C6" },
        { "prov/run.jsonld", "\"prov:startedAtTime\":\"2026-03-04T05:06:09.089Z\"", "\"prov:startedAtTime\":\"2026-03-04T05:06:08.089Z\"", "C4" },
        { "attestations/provenance.dsse.json", "\"gitCommit\":\"0123", "\"gitCommit\":\"1123", "C5" },
        { "attestations/provenance.dsse.json", "\"startedOn\":\"2026", "\"startedOn\":\"2025", "C4" },
        { "attestations/provenance.dsse.json", "\"usedAs\":[\"patch\"]", "\"usedAs\":[\"source\"]", "C3" },
        { "attestations/vsa.dsse.json", "\"verificationResult\":\"FAILED\"", "\"verificationResult\":\"PASSED\"", "C6" },
        { "attestations/vsa.dsse.json", "\"verdict\":\"deny\"", "\"verdict\":\"review\"", "C6" },
        { "attestations/vsa.dsse.json", "\"verifiedLevels\":[\"FAILED\"]", "\"verifiedLevels\":[\"SLSA_BUILD_LEVEL_3\"]", "C12" },
        { "attestations/vsa.dsse.json", "\"timeVerified\":\"2026", "\"timeVerified\":\"2027", "C4" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Edit_is_found_by_its_rule(string name, string from, string to, string rule)
    {
        var graph = Graphs.Small();
        var documents = Documents(graph);
        var text = Encoding.UTF8.GetString(documents[name]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        documents[name] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        var findings = ConsistencyGate.Check(graph, documents);
        Assert.Contains(findings, f => f.Rule == rule);
        Assert.All(findings, f => Assert.Equal(name, f.Document));
    }

    [Fact]
    public void Documents_of_layer_1_carry_another_root_than_the_record_of_layer_2()
    {
        var findings = ConsistencyGate.Check(Graphs.Small(), Documents(Graphs.SmallLayer1()));
        Assert.Contains(findings, f => f is { Rule: "C10", Document: "prov/run.jsonld", Pointer: "/kfm:evidenceRoot" });
        Assert.Contains(findings, f => f is { Rule: "missing", Document: "attestations/vsa.dsse.json" });
        Assert.Contains(findings, f => f is { Rule: "C6", Document: "lineage/events.ndjson" });
    }

    [Fact]
    public void Run_without_its_start_event_breaks_rule_1()
    {
        var graph = Graphs.Small();
        var documents = Documents(graph);
        var lines = Encoding.UTF8.GetString(documents["lineage/events.ndjson"]).Split('\n');
        documents["lineage/events.ndjson"] = Encoding.UTF8.GetBytes(string.Join('\n', lines.Skip(1)));
        Assert.Contains(ConsistencyGate.Check(graph, documents), f => f.Rule == "C1");
    }

    [Fact]
    public void Document_of_an_unknown_name_is_misuse() => Assert.Throws<ArgumentException>(() =>
        ConsistencyGate.Check(Graphs.Small(), new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["x.json"] = [] }));

    [Fact]
    public void Facts_of_other_documents_are_compared_as_far_as_they_go()
    {
        var graph = Graphs.Small();
        var decided = graph.Decision!;
        var good = new DocumentFacts("decision.json", graph.At(1).Root)
        {
            Layer = 1,
            Decision = new DecisionClaim { Verdict = decided.Verdict, Reasons = decided.Reasons, PolicySet = decided.PolicySet, Input = decided.Input },
            HeadCommit = graph.Trace.HeadCommit,
            TraceId = graph.TraceId,
            Facts = [.. graph.At(1).Facts.Of<Tested>().Select(f => new ClaimedFact(f, ""))],
            Complete = [typeof(Tested)],
        };
        Assert.Empty(ConsistencyGate.Check(graph, good));
        Assert.Equal(["C10"], Rules(graph, good with { Root = graph.Root }));
        Assert.Equal(["C10"], Rules(graph, good with { Root = null }));
        Assert.Equal(["C10"], Rules(graph, good with { Layer = 3 }));
        Assert.Equal(["C5"], Rules(graph, good with { HeadCommit = graph.Trace.BaseCommit }));
        Assert.Equal(["C5"], Rules(graph, good with { TraceId = Guid.Empty }));
        Assert.Equal(["C6"], Rules(graph, good with { Decision = good.Decision with { Verdict = Verdict.Allow } }));
        Assert.Equal(["C6"], Rules(graph, good with { Decision = good.Decision with { Reasons = [] } }));
        Assert.Equal(["C6"], Rules(graph, good with { Decision = good.Decision with { Decision = decided.Input } }));
        Assert.Equal(["C12"], Rules(graph, good with { Facts = [] }));
        Assert.Equal(["C6"], Rules(graph.At(1), good));
    }

    private static IEnumerable<string> Rules(EvidenceGraph graph, DocumentFacts document) =>
        ConsistencyGate.Check(graph, document).Select(f => f.Rule).Distinct();
}
