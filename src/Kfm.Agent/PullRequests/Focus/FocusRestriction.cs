using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>
/// What restricts the data of a record. Where something does, no name, detail or reason that could tell of the data is repeated; the values of
/// such labels are never repeated.
/// </summary>
internal static class FocusRestriction
{
    private const string Public = "public";

    // What is not known to be open is taken as restricted.
    private static readonly Dictionary<string, string[]> Open = new(StringComparer.Ordinal)
    {
        ["ethics.care"] = ["collective-benefit", "open", Public],
        ["ethics.sovereignty"] = ["none"],
        ["ethics.sensitivity"] = ["general", "low", "none"],
    };

    /// <summary>The labels and artifacts that restrict; empty where nothing does.</summary>
    public static IReadOnlyList<Fact> Of(EvidenceGraph graph) =>
    [
        .. graph.Facts.Of<Labelled>().Where(l => Open.TryGetValue(l.Name, out var open) && !open.Contains(l.Value, StringComparer.Ordinal)),
        .. graph.Facts.Artifacts.Where(a => a.Classification != Public),
    ];
}
