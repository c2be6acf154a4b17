using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.OpenLineage;

/// <summary>
/// The record as OpenLineage run events (spec 2-0-2), one canonical JSON text a line: START and COMPLETE or FAIL for each run that ran.
/// A run that was skipped emits no event, so the format carries neither that run nor what is said about it.
/// </summary>
/// <remarks>
/// The job is <c>pr.&lt;stage&gt;</c> in the namespace of the repository, a dataset is an artifact by name in <c>kfm+&lt;repository&gt;</c> with the digest
/// as its version. The terminal event says everything; START says when the run began and what it read.
/// </remarks>
public sealed class OpenLineageProjection : Projection
{
    /// <inheritdoc/>
    public override string Name => "lineage/events.ndjson";

    private protected override DocumentFraming Framing => DocumentFraming.Lines;

    private protected override bool AppliesTo(FactSet facts) => Ran(facts).Any();

    private protected override IEnumerable<Fact> Carried(FactSet facts)
    {
        var runs = Ran(facts).Select(r => r.Key).ToHashSet();
        var artifacts = facts.Touched(runs.Contains);
        var actors = Delegation.Closure(facts, facts.Of<AssociatedWith>().Where(a => runs.Contains(a.Run)).Select(a => a.Actor));
        return facts.Facts.Where(fact => fact switch
        {
            Trace => true,
            Run f => runs.Contains(f.Key),
            Artifact f => artifacts.Contains(f),
            Actor f => actors.Contains(f.Id),
            ActedFor f => actors.Contains(f.Actor),
            AssociatedWith f => runs.Contains(f.Run),
            Decided f => runs.Contains(f.Run),
            DerivedFrom f => runs.Contains(f.Run),
            Generated f => runs.Contains(f.Run),
            InformedBy f => runs.Contains(f.Run),
            Labelled f => runs.Contains(f.Run),
            Measured f => runs.Contains(f.Run),
            Tested f => runs.Contains(f.Run),
            Used f => runs.Contains(f.Run),
            _ => false,
        });
    }

    private protected override IReadOnlyList<byte[]> Write(FactSet facts) =>
        [.. Ran(facts).SelectMany(run => new EventWriter(facts, run).Events()).Select(e => e.ToJson())];

    private protected override void Read(IReadOnlyList<JsonCursor> parts, Claims claims) => new EventReader(parts, claims).Read();

    private protected override KfmException Error(string message, string pointer) => new OpenLineageFormatException(message, pointer);

    private static IEnumerable<Run> Ran(FactSet facts) => facts.Runs.Where(r => r.Outcome != RunOutcome.Skipped);
}
