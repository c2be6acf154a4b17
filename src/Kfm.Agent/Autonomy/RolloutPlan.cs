using System.Globalization;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Autonomy;

/// <summary>How a change of a tier is rolled out, what takes it back, and what it goes through before it is rolled out again.</summary>
/// <param name="Tier">The tier of the proposal.</param>
/// <param name="Steps">The steps, in their order.</param>
/// <param name="Triggers">What takes the rollout back by itself.</param>
/// <param name="Reseal">What follows a rollback.</param>
/// <remarks>
/// The numbers are those of the seed decision record 1, "Autonomy Orchestrator" and "Rollback Plan and Resealing Protocol". A canary lasts 300 seconds at
/// the tiers low and medium and 600 at the others. Where the record names two chains of approval for resealing, both are asked for.
/// Nothing here executes a plan.
/// </remarks>
public sealed record RolloutPlan(RiskTier Tier, IReadOnlyList<RolloutStep> Steps, IReadOnlyList<RolloutTrigger> Triggers, RolloutReseal Reseal)
{
    private const int Validation = 48 * 60 * 60;
    private const int ShortCanary = 300;
    private const int LongCanary = 600;

    /// <summary>From the detection to the decision, in seconds, at most.</summary>
    public const int SecondsToDecision = 30;

    /// <summary>From the decision to the start of the rollback, in seconds, at most.</summary>
    public const int SecondsToRollback = 30;

    /// <summary>From the start of the rollback to a service that works, in seconds, at most.</summary>
    public const int SecondsToRestore = 60;

    /// <summary>The plan of a tier.</summary>
    /// <param name="tier">The tier.</param>
    public static RolloutPlan For(RiskTier tier) => new(tier, First(tier), Thresholds(0.01), new RolloutReseal(Roles(tier), Reviews(tier), Validation, Again(tier), Thresholds(0.005)));

    /// <summary>The steps in one line, for people.</summary>
    public string Summary => string.Join(", ", Steps.Select(Text));

    /// <summary>A step in words.</summary>
    /// <param name="step">The step.</param>
    public static string Text(RolloutStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var percent = step.Percent is { } part ? string.Create(CultureInfo.InvariantCulture, $" {part} %") : "";
        var seconds = step.Seconds is { } time ? string.Create(CultureInfo.InvariantCulture, $" {(time % 3600 == 0 ? time / 3600 : time)} {(time % 3600 == 0 ? "h" : "s")}") : "";
        var roles = step.Roles.Count == 0 ? "" : " by " + string.Join(" and ", step.Roles);
        return step.Kind.ToString().ToLowerInvariant() + percent + seconds + (step.Gradual ? " gradually" : "") + roles;
    }

    private static RolloutStep[] First(RiskTier tier) => tier switch
    {
        RiskTier.Low or RiskTier.Medium => [Sandbox, Canary(5, ShortCanary), Production],
        RiskTier.High => [Sandbox, Canary(1, LongCanary), Gate(ApprovalRoles.Manager), Production],
        _ => [Sandbox, Watch, Canary(0.5, LongCanary), Gate(ApprovalRoles.Council), Production],
    };

    private static RolloutStep[] Again(RiskTier tier) => tier switch
    {
        RiskTier.Low => [Watch, Canary(5, LongCanary), Canary(25, LongCanary), Canary(50, LongCanary), Production],
        RiskTier.Medium => [Watch, Canary(1, LongCanary), Canary(5, LongCanary), Canary(25, LongCanary), Canary(50, LongCanary), Production],
        RiskTier.High => [Watch, Canary(0.5, LongCanary), Canary(1, LongCanary), Canary(5, LongCanary), Gate(ApprovalRoles.Manager), Production],
        _ => [Watch, new RolloutStep(RolloutStepKind.Pilot), Gate(ApprovalRoles.Council), Canary(0.5, LongCanary), Gate(ApprovalRoles.Council), Production],
    };

    private static string[] Roles(RiskTier tier) => tier switch
    {
        RiskTier.Low => [ApprovalRoles.Lead, ApprovalRoles.Manager],
        RiskTier.Medium => [ApprovalRoles.Manager],
        RiskTier.High => [ApprovalRoles.Council, ApprovalRoles.Manager, ApprovalRoles.Security],
        _ => [ApprovalRoles.Council, ApprovalRoles.Legal],
    };

    private static string[] Reviews(RiskTier tier) => tier switch
    {
        RiskTier.Low => ["code"],
        RiskTier.Medium or RiskTier.High => ["code", "policies"],
        _ => ["code", "compliance", "policies"],
    };

    private static RolloutTrigger[] Thresholds(double errorRate) =>
    [
        new("error-rate", Above: true, errorRate, "1"),
        new("latency-p95", Above: true, 500, "ms"),
        new("latency-p95-over-baseline", Above: true, 2, "1"),
        new("health-failures-in-a-row", Above: true, 2, "1") { WithinSeconds = 60 },
        new("policy-violations", Above: true, 0, "1"),
        new("model-confidence", Above: false, 0.7, "1"),
        new("consent-violations", Above: true, 0, "1"),
    ];

    private static RolloutStep Sandbox => new(RolloutStepKind.Sandbox);

    private static RolloutStep Watch => new(RolloutStepKind.Validation) { Seconds = Validation };

    private static RolloutStep Production => new(RolloutStepKind.Production) { Percent = 100, Gradual = true };

    private static RolloutStep Canary(double percent, int seconds) => new(RolloutStepKind.Canary) { Percent = percent, Seconds = seconds };

    private static RolloutStep Gate(string role) => new(RolloutStepKind.Gate) { Roles = [role] };
}
