using Kfm.Agent.Intents;
using Kfm.Agent.Json;

namespace Kfm.Agent.Autonomy;

/// <summary>rollout.json, format version 1: the plan by which a proposal is to be rolled out.</summary>
public static class RolloutFile
{
    private const int Version = 1;

    /// <summary>Writes the file: canonical JSON (RFC 8785) and a newline.</summary>
    /// <param name="plan">The plan.</param>
    public static byte[] Write(RolloutPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var document = new RolloutDocument(
            Version,
            Lower(plan.Tier),
            [.. plan.Steps.Select(Step)],
            [.. plan.Triggers.Select(Trigger)],
            new RolloutDocument.Times(RolloutPlan.SecondsToDecision, RolloutPlan.SecondsToRollback, RolloutPlan.SecondsToRestore),
            new RolloutDocument.Second(
                plan.Reseal.Roles, plan.Reseal.Reviews, plan.Reseal.ValidationSeconds, [.. plan.Reseal.Steps.Select(Step)], [.. plan.Reseal.Triggers.Select(Trigger)]));
        return JsonFile.Write(document, AgentJson.Default.RolloutDocument);
    }

    /// <summary>Reads the file; only the bytes that <see cref="Write"/> gives are accepted.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="RolloutFormatException">The bytes are not a plan of format version 1.</exception>
    public static RolloutPlan Parse(ReadOnlySpan<byte> utf8)
    {
        var document = JsonFile.Read(utf8, AgentJson.Default.RolloutDocument, (message, pointer) => new RolloutFormatException(message, pointer));
        if (document.FormatVersion != Version)
        {
            throw new RolloutFormatException($"format version {document.FormatVersion} is not supported; this reads version {Version}", "/formatVersion");
        }

        var reseal = document.Reseal;
        var plan = new RolloutPlan(
            Word<RiskTier>(document.Tier, "/tier"),
            Steps(document.Steps, "/steps"),
            Triggers(document.Triggers, "/triggers"),
            new RolloutReseal(Roles(reseal.Roles, "/reseal/roles"), reseal.Reviews, reseal.ValidationSeconds, Steps(reseal.Steps, "/reseal/steps"), Triggers(reseal.Triggers, "/reseal/triggers")));
        return Write(plan).AsSpan().SequenceEqual(utf8)
            ? plan
            : throw new RolloutFormatException("the file is not in the one form that a plan has, or names other times of a rollback", "");
    }

    private static RolloutDocument.Step Step(RolloutStep step) => new(Lower(step.Kind), step.Gradual, step.Roles, step.Percent, step.Seconds);

    private static RolloutDocument.Trigger Trigger(RolloutTrigger trigger) =>
        new(trigger.Id, trigger.Above ? "above" : "below", trigger.Threshold, trigger.Unit, trigger.WithinSeconds);

    private static RolloutStep[] Steps(IReadOnlyList<RolloutDocument.Step> steps, string pointer) => [.. steps.Select((step, i) =>
        step.Percent is <= 0 or > 100 ? throw new RolloutFormatException("a part is above 0 and at most 100 percent", $"{pointer}/{i}/percent")
        : step.Seconds is < 0 ? throw new RolloutFormatException("a time is not negative", $"{pointer}/{i}/seconds")
        : new RolloutStep(Word<RolloutStepKind>(step.Kind, $"{pointer}/{i}/kind"))
        {
            Percent = step.Percent,
            Gradual = step.Gradual,
            Seconds = step.Seconds,
            Roles = Roles(step.Roles, $"{pointer}/{i}/roles"),
        })];

    private static RolloutTrigger[] Triggers(IReadOnlyList<RolloutDocument.Trigger> triggers, string pointer) => [.. triggers.Select((trigger, i) =>
        new RolloutTrigger(
            trigger.Id,
            trigger.When is "above" or "below" ? trigger.When == "above" : throw new RolloutFormatException("above or below is expected", $"{pointer}/{i}/when"),
            trigger.Threshold,
            trigger.Unit)
        {
            WithinSeconds = trigger.WithinSeconds,
        })];

    private static IReadOnlyList<string> Roles(IReadOnlyList<string> roles, string pointer) =>
        roles.FirstOrDefault(r => !ApprovalRoles.Contains(r)) is { } unknown ? throw new RolloutFormatException($"'{unknown}' is not a role", pointer) : roles;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Word<T>(string text, string pointer)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var index = Array.FindIndex(values, v => string.Equals(Lower(v), text, StringComparison.Ordinal));
        return index >= 0 ? values[index] : throw new RolloutFormatException("one of " + string.Join(", ", values.Select(Lower)) + " is expected", pointer);
    }
}
