namespace Kfm.Ledger.Lineage;

/// <summary>The four figures of DevOps Research and Assessment, computed from the log. A figure without data is null, not zero.</summary>
/// <param name="Days">The length of the window in days.</param>
/// <param name="Deployments">The number of deployments in the window, failed ones included.</param>
/// <param name="DeploymentsPerDay">Deployment frequency: those that succeeded, for each day of the window.</param>
/// <param name="LeadTime">
/// Lead time for changes: the median time from a patch to the deployment it is in; null without a deployment that has a patch upstream.
/// </param>
/// <param name="ChangeFailureRate">
/// The share of deployments that failed, were rolled back, or led to an incident, 0 to 1; null without a deployment.
/// </param>
/// <param name="TimeToRestore">
/// The median time from the opening of an incident until it was resolved, or a deployment it came from was rolled back; for a rollback without an incident from the
/// deployment on. Null when nothing was restored.
/// </param>
/// <param name="FailedDeployments">The number behind the failure rate.</param>
/// <param name="OpenIncidents">Incidents of those deployments that are not resolved.</param>
public sealed record DoraFigures(
    double Days,
    int Deployments,
    double DeploymentsPerDay,
    TimeSpan? LeadTime,
    double? ChangeFailureRate,
    TimeSpan? TimeToRestore,
    int FailedDeployments,
    int OpenIncidents);
