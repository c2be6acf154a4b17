using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Identifiers;

namespace Kfm.Provenance.Evidence;

/// <summary>Facts about one trace, sorted, and the root of the layer that they were taken from: what a projection carries.</summary>
public sealed class FactSet
{
    private static readonly Guid KfmNamespace = new("6b1d3c52-0b5e-5c0e-9a55-4b464d000001");
    private readonly Dictionary<Fact, string> _pointers;
    private readonly HashSet<Fact> _known;
    private readonly ILookup<Digest, Artifact> _contents;

    /// <summary>Creates the set.</summary>
    /// <param name="root">The root of the layer.</param>
    /// <param name="facts">The facts, in any order, with exactly one <see cref="Evidence.Trace"/>.</param>
    /// <exception cref="ArgumentException">There is no trace, or more than one.</exception>
    public FactSet(Digest root, IEnumerable<Fact> facts)
        : this(root, FactOrder.Sort(facts), [])
    {
    }

    /// <summary>Takes facts that are sorted already: a part of a set, or the layer itself.</summary>
    internal FactSet(Digest root, IReadOnlyList<Fact> sorted, Dictionary<Fact, string> pointers)
    {
        Root = root;
        Facts = sorted;
        _known = [.. sorted];
        _pointers = pointers;
        _contents = sorted.OfType<Artifact>().ToLookup(a => a.Digest);
        Trace[] traces = [.. Facts.OfType<Trace>()];
        Trace = traces.Length == 1 ? traces[0] : throw new ArgumentException("The facts must hold exactly one trace.", nameof(sorted));
        TraceId = UuidV5.Create(KfmNamespace, FactJson.Canonical(new JsonObject
        {
            ["repository"] = Trace.Repository,
            ["head"] = Trace.HeadCommit,
            ["pullRequest"] = Trace.PullRequest,
            ["workflowRun"] = Trace.WorkflowRun,
            ["attempt"] = Trace.Attempt,
        }));
    }

    /// <summary>The root of the layer.</summary>
    public Digest Root { get; }

    /// <summary>The facts, sorted by kind and then by their canonical bytes, without duplicates.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>What the record is about.</summary>
    public Trace Trace { get; }

    /// <summary>
    /// UUIDv5 of the RFC 8785 form of {repository, head, pullRequest (or null), workflowRun, attempt}
    /// in the namespace <c>6b1d3c52-0b5e-5c0e-9a55-4b464d000001</c>.
    /// </summary>
    public Guid TraceId { get; }

    /// <summary>The runs, in the order of the stages and attempts.</summary>
    public IEnumerable<Run> Runs => Of<Run>().OrderBy(r => r.Key.Stage).ThenBy(r => r.Key.Attempt);

    /// <summary>The artifacts; two may have the same content under two names.</summary>
    public IEnumerable<Artifact> Artifacts => Of<Artifact>();

    /// <summary>The actors.</summary>
    public IEnumerable<Actor> Actors => Of<Actor>();

    /// <summary>What the gate decided, or null in layer 1.</summary>
    public Decided? Decision => Of<Decided>().FirstOrDefault();

    /// <summary>The id of a run: UUIDv5 of <c>stage#attempt</c> in the namespace of the trace id.</summary>
    /// <param name="run">The run; it need not be in the record.</param>
    public Guid RunId(RunKey run) => UuidV5.Create(TraceId, run.ToString());

    /// <summary>The facts of one kind, sorted.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public IEnumerable<T> Of<T>()
        where T : Fact => Facts.OfType<T>();

    /// <summary>The run with a key, or null.</summary>
    /// <param name="run">The key.</param>
    public Run? Find(RunKey run) => Of<Run>().FirstOrDefault(r => r.Key == run);

    /// <summary>The actor with an id, or null.</summary>
    /// <param name="actor">The id.</param>
    public Actor? FindActor(string actor) => Actors.FirstOrDefault(a => string.Equals(a.Id, actor, StringComparison.Ordinal));

    /// <summary>The artifacts with a content, one for each name.</summary>
    /// <param name="content">The digest of the content.</param>
    public IEnumerable<Artifact> Find(Digest content) => _contents[content];

    /// <summary>The names under which a run wrote a content: those of what the pipeline makes, or all when it has none of them.</summary>
    internal IEnumerable<Artifact> Written(Digest content) => Named(content, material: false);

    /// <summary>The names under which a run read a content: those of what came from outside, or all when it has none of them.</summary>
    internal IEnumerable<Artifact> Read(Digest content) => Named(content, material: true);

    /// <summary>What runs read and wrote, each content under the names that <see cref="Read"/> and <see cref="Written"/> give it.</summary>
    internal HashSet<Artifact> Touched(Func<RunKey, bool> run) =>
    [
        .. Of<Used>().Where(u => run(u.Run)).SelectMany(u => Read(u.Artifact)),
        .. Of<Generated>().Where(g => run(g.Run)).SelectMany(g => Written(g.Artifact)),
    ];

    /// <summary>Whether the set holds a fact.</summary>
    /// <param name="fact">The fact.</param>
    public bool Contains(Fact fact) => _known.Contains(fact);

    /// <summary>Where in its document a fact was read; empty when it was not read from one.</summary>
    /// <param name="fact">The fact.</param>
    public string PointerOf(Fact fact) => _pointers.GetValueOrDefault(fact, "");

    // A file that the build copied has a name on both sides, and neither run read nor wrote the other one.
    private Artifact[] Named(Digest content, bool material)
    {
        Artifact[] names = [.. Find(content)];
        var fitting = Array.FindAll(names, a => a.IsMaterial == material);
        return fitting.Length > 0 ? fitting : names;
    }
}
