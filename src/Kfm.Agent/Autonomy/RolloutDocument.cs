using System.Text.Json.Serialization;

namespace Kfm.Agent.Autonomy;

/// <summary>The members of rollout.json.</summary>
internal sealed record RolloutDocument(
    int FormatVersion,
    string Tier,
    IReadOnlyList<RolloutDocument.Step> Steps,
    IReadOnlyList<RolloutDocument.Trigger> Triggers,
    RolloutDocument.Times Rollback,
    RolloutDocument.Second Reseal)
{
    internal sealed record Step(
        string Kind,
        bool Gradual,
        IReadOnlyList<string> Roles,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Percent = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Seconds = null);

    internal sealed record Trigger(
        string Id,
        string When,
        double Threshold,
        string Unit,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WithinSeconds = null);

    internal sealed record Times(int SecondsToDecision, int SecondsToRollback, int SecondsToRestore);

    internal sealed record Second(IReadOnlyList<string> Roles, IReadOnlyList<string> Reviews, int ValidationSeconds, IReadOnlyList<Step> Steps, IReadOnlyList<Trigger> Triggers);
}
