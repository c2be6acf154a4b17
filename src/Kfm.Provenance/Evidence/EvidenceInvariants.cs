using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>What facts must be like together; the ids are those of the consistency rules.</summary>
internal sealed class EvidenceInvariants
{
    private readonly IReadOnlyList<Fact> _facts;
    private readonly Dictionary<RunKey, Run> _runs = [];
    private readonly HashSet<Digest> _artifacts;
    private readonly HashSet<string> _actors = new(StringComparer.Ordinal);
    private readonly List<ConsistencyFinding> _findings = [];

    private EvidenceInvariants(IReadOnlyList<Fact> facts)
    {
        _facts = facts;
        _artifacts = [.. facts.OfType<Artifact>().Select(a => a.Digest)];
    }

    public static void ThrowIfBroken(IReadOnlyList<Fact> facts, int layer)
    {
        if (Check(facts, layer) is { Count: > 0 } findings)
        {
            throw new EvidenceInvariantException(findings);
        }
    }

    public static IReadOnlyList<ConsistencyFinding> Check(IReadOnlyList<Fact> facts, int layer)
    {
        var check = new EvidenceInvariants(FactOrder.Sort(facts));
        check.Names(layer);
        check.References();
        check.Generators();
        check.Derivation();
        return check._findings;
    }

    private void Names(int layer)
    {
        if (_facts.OfType<Trace>().Count() != 1)
        {
            Add("C5", "the record must have exactly one trace");
        }

        foreach (var run in _facts.OfType<Run>())
        {
            Require(_runs.TryAdd(run.Key, run), "C1", $"the run {run.Key} stands twice");
            Require(run.Ended >= run.Started, "C4", $"the run {run.Key} ends before it starts");
        }

        foreach (var actor in _facts.OfType<Actor>())
        {
            Require(_actors.Add(actor.Id), "C9", $"the actor {actor.Id} stands twice");
            Require(
                actor.Kind != ActorKind.Ai || (actor.Model is not null && actor.Prompt is not null && actor.Seed is not null),
                "C9",
                $"the model {actor.Id} lacks the digest of its model, prompt or seed");
        }

        var decisions = _facts.OfType<Decided>().Count();
        Require(decisions <= 1, "C6", "the record has two decisions");
        Require(decisions == 0 || layer == 2, "C6", "only layer 2 holds a decision");
    }

    private void References()
    {
        foreach (var fact in _facts)
        {
            foreach (var run in RunsOf(fact).Where(r => !_runs.ContainsKey(r)))
            {
                Add("C1", $"a fact of the kind {FactJson.Kind(fact)} names the run {run}, which is not in the record");
            }

            foreach (var artifact in ArtifactsOf(fact).Where(a => !_artifacts.Contains(a)))
            {
                Add(fact is Used ? "C3" : "C2", $"a fact of the kind {FactJson.Kind(fact)} names {artifact}, which is not in the record");
            }

            foreach (var actor in ActorsOf(fact).Where(a => !_actors.Contains(a)))
            {
                Add("C9", $"a fact of the kind {FactJson.Kind(fact)} names the actor {actor}, who is not in the record");
            }

            if (fact is Used or Generated && _runs.TryGetValue(RunsOf(fact)[0], out var owner) && owner.Outcome == RunOutcome.Skipped)
            {
                Add("C1", $"the run {owner.Key} was skipped and yet has a fact of the kind {FactJson.Kind(fact)}");
            }
        }
    }

    private void Generators()
    {
        // Several runs may write the same bytes, and bytes that came from outside may be written again: only an origin must be known.
        var generated = _facts.OfType<Generated>().Select(g => g.Artifact).ToHashSet();
        foreach (var artifact in _facts.OfType<Artifact>().Where(a => !a.IsMaterial && !generated.Contains(a.Digest)))
        {
            Add("C8", $"no run generated {artifact.Name} ({artifact.Digest}); one at least is expected");
        }
    }

    // Kahn's algorithm: what cannot be taken away leaf by leaf lies on a cycle or behind one.
    private void Derivation()
    {
        var edges = _facts.OfType<DerivedFrom>().Select(d => (d.Artifact, d.Source)).Distinct().ToList();
        var sources = edges.ToLookup(e => e.Artifact, e => e.Source);
        var waiting = edges.GroupBy(e => e.Source).ToDictionary(g => g.Key, g => g.Count());
        var free = new Queue<Digest>(edges.Select(e => e.Artifact).Distinct().Where(a => !waiting.ContainsKey(a)));
        while (free.TryDequeue(out var artifact))
        {
            foreach (var source in sources[artifact])
            {
                if (--waiting[source] == 0)
                {
                    waiting.Remove(source);
                    free.Enqueue(source);
                }
            }
        }

        if (waiting.Count > 0)
        {
            Add("C8", $"{waiting.Keys.Min()} is derived from itself");
        }
    }

    private static RunKey[] RunsOf(Fact fact) => fact switch
    {
        AssociatedWith f => [f.Run],
        Decided f => [f.Run],
        DerivedFrom f => [f.Run],
        Generated f => [f.Run],
        InformedBy f => [f.Run, f.Earlier],
        Labelled f => [f.Run],
        Measured f => [f.Run],
        Run { Parent: { } parent } => [parent],
        Tested f => [f.Run],
        Used f => [f.Run],
        _ => [],
    };

    private static Digest[] ArtifactsOf(Fact fact) => fact switch
    {
        DerivedFrom f => [f.Artifact, f.Source],
        Generated f => [f.Artifact],
        Used f => [f.Artifact],
        _ => [],
    };

    private static string[] ActorsOf(Fact fact) => fact switch
    {
        ActedFor f => [f.Actor, f.Principal],
        AssociatedWith f => [f.Actor],
        _ => [],
    };

    private void Require(bool holds, string rule, string message)
    {
        if (!holds)
        {
            Add(rule, message);
        }
    }

    private void Add(string rule, string message) => _findings.Add(new ConsistencyFinding(rule, "evidence.json", "", message));
}
