using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>All sentences that may be said of a record: what no template makes is not said.</summary>
internal static class FocusTemplates
{
    /// <summary>The templates without whose sentences a summary would hide what a reader must know.</summary>
    public static readonly IReadOnlySet<string> Mandatory = new HashSet<string>(StringComparer.Ordinal)
    {
        "verdict", "gate.failed", "denied", "check.failed", "check.error", "stages.failed", "labels.restricted", "approval.asked", "approval.missing", "stewardship.asked",
    };

    /// <summary>The sentences in the order of a summary.</summary>
    public static IReadOnlyList<FocusSentence> Of(FocusRecord record)
    {
        var restricted = FocusRestriction.Of(record.Graph);
        return
        [
            .. PolicyTemplates.Of(record, restricted.Count > 0),
            .. FactTemplates.Of(record, restricted),
            .. InterpretationTemplates.Of(record.Graph, restricted.Count > 0),
        ];
    }

    /// <summary>A sentence about facts of the record.</summary>
    public static FocusSentence Say(FocusSection section, string template, string text, params IEnumerable<Fact> facts) =>
        new(section, template, text, [.. facts.Select(FocusRecord.IdOf)]);

    /// <summary>A sentence about values of the decision and approvals.</summary>
    public static FocusSentence Say(string template, string text, params IEnumerable<string> ids) => new(FocusSection.Policy, template, text, [.. ids]);

    /// <summary>A number of things.</summary>
    public static string Count(double count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number without a culture.</summary>
    public static string Number(double value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
