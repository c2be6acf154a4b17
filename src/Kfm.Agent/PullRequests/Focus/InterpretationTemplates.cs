using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>The sentences about what rules read out of the facts.</summary>
internal static class InterpretationTemplates
{
    /// <summary>The sentences.</summary>
    public static IEnumerable<FocusSentence> Of(EvidenceGraph graph, bool restricted)
    {
        foreach (var label in Labels(graph, "risk.tier"))
        {
            yield return Say("risk.tier", $"Rules gave the proposal the risk tier {FocusText.Quote(label.Value)}.", label);
        }

        foreach (var label in Labels(graph, "risk.intent"))
        {
            yield return Say("risk.intent", $"Rules gave the intent the risk {FocusText.Quote(label.Value)}.", label);
        }

        foreach (var label in Labels(graph, "intent.kind").Where(_ => !restricted))
        {
            yield return Say("intent.kind", $"The intent was classified as {FocusText.Quote(label.Value)}.", label);
        }

        Labelled[] rules = [.. Labels(graph, "risk.rule")];
        if (rules.Length > 0)
        {
            yield return Say("risk.rules", $"{FocusTemplates.Count(rules.Length, "rule")} of risk fired.", rules);
        }

        Labelled[] guarded = [.. Labels(graph, "patch.protected")];
        if (guarded.Length > 0)
        {
            yield return Say("patch.protected", $"{FocusTemplates.Count(guarded.Length, "path")} of the patch {(guarded.Length == 1 ? "is" : "are")} protected.", guarded);
        }
    }

    private static IEnumerable<Labelled> Labels(EvidenceGraph graph, string name) => graph.Facts.Of<Labelled>().Where(l => l.Name == name);

    private static FocusSentence Say(string template, string text, params IEnumerable<Fact> facts) => FocusTemplates.Say(FocusSection.Interpretation, template, text, facts);
}
