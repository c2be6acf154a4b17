using Kfm.Agent.Configuration;
using Kfm.Ledger;
using Kfm.Ledger.Lineage;

namespace Kfm.Agent.Telemetry;

/// <summary>How much of the reliability budget is used: failed deployments of a window against those that the objective permits.</summary>
/// <param name="Objective">The share of deployments that must not fail.</param>
/// <param name="Days">The length of the window in days.</param>
/// <param name="Deployments">The deployments of the window.</param>
/// <param name="Failed">Those that failed, were rolled back, or led to an incident.</param>
public sealed record ReliabilityBudget(double Objective, int Days, int Deployments, int Failed)
{
    /// <summary>The word for a budget with something left.</summary>
    public const string Within = "within";

    /// <summary>The word for a budget that is used up.</summary>
    public const string Exhausted = "exhausted";

    /// <summary>Whether more deployments failed than the objective permits. Without deployments nothing has failed.</summary>
    /// <remarks>What is permitted is rounded to nine digits after the point, so that one failure in ten keeps an objective of 0.9.</remarks>
    public bool IsExhausted => Failed > Math.Round((1 - Objective) * Deployments, 9);

    /// <summary><see cref="Within"/> or <see cref="Exhausted"/>.</summary>
    public string State => IsExhausted ? Exhausted : Within;

    /// <summary>Reads the budget from a ledger.</summary>
    /// <param name="log">The ledger.</param>
    /// <param name="settings">Objective, window and environment.</param>
    /// <param name="repository">The repository whose deployments count.</param>
    /// <param name="now">The end of the window, exclusive.</param>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public static ReliabilityBudget Read(TransparencyLog log, ReliabilitySettings settings, string repository, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(settings);
        var window = new DoraWindow(now.AddDays(-settings.Days), now) { Environment = settings.Environment, Repository = repository };
        var figures = DoraReport.Compute(log, new LineageQuery(log), window);
        return new ReliabilityBudget(settings.Objective, settings.Days, figures.Deployments, figures.FailedDeployments);
    }
}
