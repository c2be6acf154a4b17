using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>What a document says, before anyone asked whether it fits together.</summary>
internal sealed class Claims
{
    public List<ClaimedFact> Facts { get; } = [];

    public List<(Digest Root, string Pointer)> Roots { get; } = [];

    public List<(Guid Id, string Pointer)> TraceIds { get; } = [];

    public List<(RunKey Run, Guid Id, string Pointer)> RunIds { get; } = [];

    /// <summary>What is wrong with the document whatever the record says, by rule.</summary>
    public List<(string Rule, string Pointer, string Message)> Problems { get; } = [];

    public void Add(Fact fact, JsonCursor at)
    {
        if (FactLimits.Problem(fact) is { } problem)
        {
            throw at.Error(problem);
        }

        Facts.Add(new ClaimedFact(fact, at.Pointer));
    }

    public void AddRoot(JsonCursor at) => Roots.Add((at.Digest(), at.Pointer));

    public void AddTraceId(JsonCursor at, string prefix = "") => TraceIds.Add((Id(at, prefix), at.Pointer));

    public void AddRunId(RunKey run, JsonCursor at, string prefix = "") => RunIds.Add((run, Id(at, prefix), at.Pointer));

    public FactSet ToFactSet(Func<string, string, KfmException> error)
    {
        if (Problems is [var problem, ..])
        {
            throw error($"{problem.Rule}: {problem.Message}", problem.Pointer);
        }

        var traces = Facts.Where(f => f.Fact is Trace).DistinctBy(f => f.Fact).ToList();
        if (traces.Count != 1)
        {
            throw error($"one trace is expected, not {traces.Count}", traces.Count == 0 ? "" : traces[1].Pointer);
        }

        if (Roots.Count == 0)
        {
            throw error("the root of the record is missing", "");
        }

        var pointers = new Dictionary<Fact, string>();
        foreach (var claim in Facts)
        {
            pointers.TryAdd(claim.Fact, claim.Pointer);
        }

        return new FactSet(Roots[0].Root, FactOrder.Sort(pointers.Keys), pointers);
    }

    private static Guid Id(JsonCursor at, string prefix)
    {
        var text = at.Text();
        return text.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParseExact(text.AsSpan(prefix.Length), "D", out var id)
            ? id
            : throw at.Error($"'{prefix}' and a UUID are expected");
    }
}
