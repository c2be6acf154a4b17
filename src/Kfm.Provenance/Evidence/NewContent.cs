using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>Keeps derivations to content that is new in their run, so that copies and empty files never derive a content from itself.</summary>
internal static class NewContent
{
    /// <summary>The facts without derivations of what an earlier run had read or written, and of a content from itself.</summary>
    public static IReadOnlyList<Fact> Settle(IReadOnlyList<Fact> facts)
    {
        var first = new Dictionary<Digest, RunKey>();
        foreach (var (content, run) in facts.Select(Touched).OfType<(Digest, RunKey)>())
        {
            if (!first.TryGetValue(content, out var known) || IsBefore(run, known))
            {
                first[content] = run;
            }
        }

        return [.. facts.Where(f => f is not DerivedFrom d || (d.Artifact != d.Source && !IsOld(d)))];

        bool IsOld(DerivedFrom d) => first.TryGetValue(d.Artifact, out var run) && IsBefore(run, d.Run);
    }

    private static (Digest Content, RunKey Run)? Touched(Fact fact) => fact switch
    {
        Generated f => (f.Artifact, f.Run),
        Used f => (f.Artifact, f.Run),
        DerivedFrom f => (f.Source, f.Run),
        _ => null,
    };

    private static bool IsBefore(RunKey run, RunKey other) => (run.Stage, run.Attempt).CompareTo((other.Stage, other.Attempt)) < 0;
}
