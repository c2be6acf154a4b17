using System.Text.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>Reads the facts of a context.json that meets its schema.</summary>
internal sealed class ContextReader
{
    private const string IdPrefix = "urn:kfm:";
    private readonly List<ClaimedFact> _facts = [];
    private readonly Dictionary<string, RunKey> _runs = new(StringComparer.Ordinal);

    public ContextReader(JsonElement root)
    {
        EvidenceRoot = Digest.Parse(root.Text("evidenceRoot"));
        Time = ReadTime(root.Text("time"), "/time");
        Trace = ReadTrace(root.GetProperty("trace"));
        TraceId = Guid.Parse(root.GetProperty("trace").Text("id"));
        Add(Trace, "/trace");
        foreach (var stage in root.GetProperty("stages").EnumerateObject())
        {
            ReadStage(stage.Name, stage.Value);
        }

        ReadChecks(root.GetProperty("checks"));
        ReadMeasures(root.GetProperty("measures"));
        ReadArtifacts(root.GetProperty("artifacts"));
        ReadActors(root.GetProperty("actors"));
        Provenance = ReadProvenance(root.GetProperty("provenance"));
    }

    public Digest EvidenceRoot { get; }

    public DateTimeOffset Time { get; }

    public Trace Trace { get; }

    public Guid TraceId { get; }

    public IReadOnlyList<ClaimedFact> Facts => _facts;

    public ProvenanceReport Provenance { get; }

    private void Add(Fact fact, string pointer) => _facts.Add(new ClaimedFact(fact, pointer));

    private static DateTimeOffset ReadTime(string text, string pointer) =>
        EvidenceTime.TryParse(text, out var time) ? time : throw new ContextFormatException("the time does not exist", pointer);

    private static Trace ReadTrace(JsonElement trace) => new(
        trace.Text("repository"),
        trace.Text("base"),
        trace.Text("head"),
        trace.OptionalText("pullRequest"),
        trace.Text("workflowRun"),
        trace.GetProperty("attempt").GetInt32(),
        Digest.Parse(trace.Text("policySet")));

    private void ReadStage(string name, JsonElement stage)
    {
        var pointer = "/stages/" + name;
        var key = new RunKey(ContextWords.Read<Stage>(name), stage.GetProperty("attempt").GetInt32());
        RunKey? parent = null;
        if (stage.OptionalText("parent") is { } text)
        {
            parent = RunKey.TryParse(text, out var run) ? run : throw new ContextFormatException("the parent is not a run", pointer + "/parent");
        }

        _runs[name] = key;
        Add(
            new Run(
                key,
                ReadTime(stage.Text("started"), pointer + "/started"),
                ReadTime(stage.Text("ended"), pointer + "/ended"),
                ContextWords.Read<RunOutcome>(stage.Text("outcome")),
                parent),
            pointer);
        foreach (var (i, id) in stage.Texts("generated").Index())
        {
            Add(new Generated(key, Digest.Parse(id[IdPrefix.Length..])), $"{pointer}/generated/{i}");
        }
    }

    private RunKey RunOf(string stage, string pointer) =>
        _runs.TryGetValue(stage, out var key) ? key : throw new ContextFormatException($"the stage '{stage}' is not among the stages", pointer);

    private void ReadChecks(JsonElement checks)
    {
        foreach (var check in checks.EnumerateObject())
        {
            var pointer = "/checks/" + Escape(check.Name);
            var status = ContextWords.Read<CheckStatus>(check.Value.Text("status"));
            Add(new Tested(RunOf(check.Value.Text("stage"), pointer), check.Name, status, check.Value.OptionalText("detail")), pointer);
        }
    }

    private void ReadMeasures(JsonElement measures)
    {
        foreach (var measure in measures.EnumerateObject())
        {
            var pointer = "/measures/" + Escape(measure.Name);
            var value = measure.Value.GetProperty("value").GetDouble();
            Add(new Measured(RunOf(measure.Value.Text("stage"), pointer), measure.Name, value, measure.Value.Text("unit")), pointer);
        }
    }

    private void ReadArtifacts(JsonElement artifacts)
    {
        foreach (var (i, item) in artifacts.EnumerateArray().Index())
        {
            var artifact = new Artifact(
                Digest.Parse(item.Text("id")[IdPrefix.Length..]),
                item.Text("name"),
                item.Text("mediaType"),
                item.GetProperty("size").GetInt64(),
                ContextWords.Read<ArtifactRole>(item.Text("role")),
                item.Text("classification"));
            Add(artifact with { GitObject = item.OptionalText("gitObject") }, $"/artifacts/{i}");
        }
    }

    private void ReadActors(JsonElement actors)
    {
        foreach (var (i, item) in actors.EnumerateArray().Index())
        {
            var actor = new Actor(ContextWords.Read<ActorKind>(item.Text("kind")), item.Text("id"), item.OptionalText("version"))
            {
                Model = ReadDigest(item, "model"),
                Prompt = ReadDigest(item, "prompt"),
                Seed = ReadDigest(item, "seed"),
            };
            Add(actor, $"/actors/{i}");
        }
    }

    private static Digest? ReadDigest(JsonElement item, string name) => item.OptionalText(name) is { } text ? Digest.Parse(text) : null;

    private static ProvenanceReport ReadProvenance(JsonElement provenance) => new()
    {
        Documents = [.. provenance.GetProperty("documents").EnumerateArray()
            .Select(d => new ProvenanceDocument(d.Text("name"), Digest.Parse(d.Text("digest")), ReadDigest(d, "evidenceRoot")))],
        Findings = [.. provenance.GetProperty("findings").EnumerateArray()
            .Select(f => new ConsistencyFinding(f.Text("rule"), f.Text("document"), f.Text("pointer"), f.Text("message")))],
        Signed = provenance.GetProperty("signed").GetBoolean(),
    };

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
