using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report.Policy;

/// <summary>The facts of the record that a reason or its rule names, word for word.</summary>
internal static class ReasonFacts
{
    private const int Maximum = 8;
    private const string Apart = " \t\n,;:()[]{}\"'`";

    /// <summary>The facts with links; empty where none is named.</summary>
    public static IReadOnlyList<Mark> Of(string text, FactQuery facts, Anchors anchors)
    {
        var checks = facts.Checks.Where(c => Names(text, c.Name))
            .Select(c => Mark.All(Mark.Code(c.Name).To(anchors.Of(c)), " ", Mark.Status(c.Status.ToString().ToLowerInvariant())));
        var measures = facts.Measures.Where(m => Names(text, m.Metric)).Select(m => Mark.All(Mark.Code(m.Metric).To("words"), " is " + Html.Number(m.Value)));
        var labels = facts.All<Labelled>().Where(l => Names(text, l.Name)).OrderBy(l => l.Name, StringComparer.Ordinal).ThenBy(l => l.Value, StringComparer.Ordinal)
            .Select(l => Mark.All(Mark.Code(l.Name).To("words"), " is ", Mark.Code(l.Value)));
        var runs = facts.Runs.Where(r => r.Outcome != RunOutcome.Succeeded && Names(text, r.Key.Stage.ToString().ToLowerInvariant()))
            .Select(r => Mark.All("the stage ", Mark.Code(r.Key.Stage.ToString().ToLowerInvariant()).To(Anchors.Of(r.Key)), " ", Mark.Status(r.Outcome.ToString().ToLowerInvariant())));
        return [.. checks.Concat(measures).Concat(labels).Concat(runs).Take(Maximum)];
    }

    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((at == 0 || Apart.Contains(text[at - 1], StringComparison.Ordinal)) && (end == text.Length || Apart.Contains(text[end], StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
