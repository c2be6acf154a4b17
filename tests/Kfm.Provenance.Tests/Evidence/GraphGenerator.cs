using System.Globalization;
using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

/// <summary>Makes a valid record of random shape from a seed; the same seed makes the same record.</summary>
internal sealed class GraphGenerator
{
    private static readonly string[] Words =
        ["a", "risk.tier", "contract:data/parcels.csv", "über/æ", "line\nbreak", "quote\"back\\slash", "\u2028", "\U0001F600", "~1/~0", " ", "https://x?y=z#f"];

    private readonly Random _random;
    private readonly List<Fact> _facts = [];
    private readonly List<Digest> _made = [];
    private readonly List<Digest> _touched = [];
    private readonly List<RunKey> _runs = [];
    private readonly List<string> _actors = [];
    private DateTimeOffset _clock = Graphs.Start;
    private int _next;

    private GraphGenerator(int seed) => _random = new Random(seed);

    public static EvidenceGraph Layer1(int seed)
    {
        var generator = new GraphGenerator(seed);
        return new EvidenceBuilder().Add(generator.Facts()).Freeze(generator.Trace());
    }

    public static EvidenceGraph Graph(int seed)
    {
        var generator = new GraphGenerator(seed);
        var graph = new EvidenceBuilder().Add(generator.Facts()).Freeze(generator.Trace());
        return generator.Chance(4) ? graph : graph.Extend(generator.Gate(graph.Trace));
    }

    public static EvidenceGraph Decided(int seed)
    {
        var generator = new GraphGenerator(seed);
        var graph = new EvidenceBuilder().Add(generator.Facts()).Freeze(generator.Trace());
        return graph.Extend(generator.Gate(graph.Trace));
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Word() => Words[_random.Next(Words.Length)];

    private string Fresh(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_next++}{(Chance(3) ? Word() : "")}");

    private Digest FreshDigest() => Digest.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_random.Next()}-{_next++}")));

    private string Commit() => FreshDigest().Hex[..40];

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private T Pick<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private Trace Trace() => new(
        Pick(["https://example.org/acme/parcels", "ssh://git@example.org:22/a%20b", "urn:example:x"]),
        Commit(),
        Commit(),
        Chance(2) ? null : "42",
        Fresh("w"),
        _random.Next(1, 4),
        FreshDigest());

    private List<Fact> Facts()
    {
        Actors();
        for (var i = _random.Next(4); i >= 0; i--)
        {
            Made(null, Pick([ArtifactRole.Source, ArtifactRole.Config, ArtifactRole.Policy, ArtifactRole.Schema, ArtifactRole.Data]));
        }

        foreach (var stage in Enum.GetValues<Stage>().Where(s => s != Stage.Gate))
        {
            for (var attempt = 1; attempt <= (Chance(5) ? 2 : 1); attempt++)
            {
                Run(new RunKey(stage, attempt));
            }
        }

        return _facts;
    }

    private void Actors()
    {
        foreach (var kind in Enum.GetValues<ActorKind>())
        {
            var actor = new Actor(kind, Fresh(kind.ToString().ToLowerInvariant() + ":"), Chance(2) ? null : Word());
            _actors.Add(actor.Id);
            _facts.Add(kind == ActorKind.Ai || Chance(4) ? actor with { Model = FreshDigest(), Prompt = FreshDigest(), Seed = FreshDigest() } : actor);
        }

        _facts.Add(new ActedFor(_actors[0], _actors[1]));
    }

    private void Run(RunKey key, bool mayFail = true)
    {
        var started = _clock.AddMilliseconds(_random.Next(5000));
        _clock = started.AddMilliseconds(_random.Next(5000));
        var outcome = mayFail && Chance(3) ? Pick([RunOutcome.Failed, RunOutcome.Skipped]) : RunOutcome.Succeeded;
        RunKey? parent = _runs.Count > 0 && Chance(4) ? Pick(_runs) : null;
        _facts.Add(new Run(key, started, _clock, outcome, parent));
        if (outcome != RunOutcome.Skipped)
        {
            Edges(key);
        }

        if (_runs.Count > 0 && Chance(2))
        {
            _facts.Add(new InformedBy(key, Pick(_runs)));
        }

        Findings(key);
        _runs.Add(key);
    }

    private void Edges(RunKey key)
    {
        var before = _made.Count;
        for (var i = _random.Next(4); i > 0; i--)
        {
            var used = Pick(_made);
            _facts.Add(new Used(key, used, Word()));
            _touched.Add(used);
        }

        for (var i = _random.Next(4); i > 0; i--)
        {
            var made = Made(key, Pick<ArtifactRole>());
            if (Chance(2))
            {
                _facts.Add(new DerivedFrom(made, _made[_random.Next(before)], key));
            }
        }

        for (var i = _random.Next(3); i > 0; i--)
        {
            _facts.Add(new AssociatedWith(key, Pick(_actors), Pick(["proposer", "builder", "verifier", Word()])));
        }
    }

    private void Findings(RunKey key)
    {
        for (var i = _random.Next(3); i > 0; i--)
        {
            _facts.Add(new Tested(key, Fresh("check"), Pick<CheckStatus>(), Chance(2) ? null : Word()));
            _facts.Add(new Measured(key, Fresh("metric"), Pick([0, -1.5, 1e21, 5e-324, 0.1, _random.NextDouble()]), Pick(["1", "s", "By"])));
            _facts.Add(new Labelled(key, Word(), Word()));
        }
    }

    private Digest Made(RunKey? by, ArtifactRole role)
    {
        // Now and then a run writes bytes that are in the record already.
        var digest = by is not null && _touched.Count > 0 && Chance(5) ? Pick(_touched) : FreshDigest();
        var artifact = new Artifact(digest, Fresh("file"), "text/plain", _random.Next(), role, Pick(["public", "internal"]))
        {
            GitObject = Chance(3) ? Commit() : null,
        };
        _facts.Add(artifact);
        if (Chance(6))
        {
            _facts.Add(artifact with { Name = Fresh("copy") });
        }

        if (by is { } run)
        {
            _facts.Add(new Generated(run, digest));
            _touched.Add(digest);
        }

        _made.Add(digest);
        return digest;
    }

    private IEnumerable<Fact> Gate(Trace trace)
    {
        _facts.Clear();
        var key = new RunKey(Stage.Gate);
        Run(key, mayFail: false);
        string[] reasons = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Fresh("reason ")).Order(StringComparer.Ordinal)];
        _facts.Add(new Decided(
            key, FreshDigest(), FreshDigest(), trace.PolicySet, Pick<Verdict>(), FactListBuilder.Create<string>(reasons)));
        return _facts;
    }
}
