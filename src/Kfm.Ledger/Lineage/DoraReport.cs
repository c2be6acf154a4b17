using Kfm.Ledger.Entries;

namespace Kfm.Ledger.Lineage;

/// <summary>Computes the DORA figures of a log.</summary>
/// <remarks>
/// A deployment is an entry of that kind (attributes <c>environment</c>; <c>result</c>, which is <c>failed</c> where it failed). A rollback links its deployment, an
/// incident the deployment that it came from. An incident is resolved by an entry of kind incident with <c>state</c> = <c>resolved</c> that links it,
/// or by a rollback that links it or one of its deployments.
/// </remarks>
public sealed class DoraReport
{
    internal const string EnvironmentName = "environment";
    internal const string ResultName = "result";
    internal const string Failed = "failed";
    internal const string StateName = "state";
    internal const string Resolved = "resolved";
    private readonly LineageQuery _lineage;
    private readonly Dictionary<long, LedgerEntry> _events;
    private readonly DoraWindow _window;
    private readonly LineageReach _near;
    private readonly LineageReach _far;

    private DoraReport(LineageQuery lineage, IEnumerable<LogEntry> events, DoraWindow window)
    {
        (_lineage, _window) = (lineage, window);
        _events = events.Where(e => e.Index < (window.AsOf ?? long.MaxValue)).ToDictionary(e => e.Index, e => e.Entry);
        _near = new LineageReach { Depth = 1, AsOf = window.AsOf };
        _far = new LineageReach { Depth = 1000, AsOf = window.AsOf };
    }

    /// <summary>Computes the figures.</summary>
    /// <param name="log">The log.</param>
    /// <param name="lineage">Its lineage.</param>
    /// <param name="window">Which deployments count.</param>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    /// <exception cref="ArgumentException">The window ends before it begins.</exception>
    public static DoraFigures Compute(TransparencyLog log, LineageQuery lineage, DoraWindow window)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Compute(
            [.. log.FindByKind(LedgerEntryKind.Deployment), .. log.FindByKind(LedgerEntryKind.Rollback), .. log.FindByKind(LedgerEntryKind.Incident)],
            lineage,
            window);
    }

    internal static DoraFigures Compute(IEnumerable<LogEntry> events, LineageQuery lineage, DoraWindow window)
    {
        ArgumentNullException.ThrowIfNull(lineage);
        ArgumentNullException.ThrowIfNull(window);
        return window.To > window.From
            ? new DoraReport(lineage, events, window).Compute()
            : throw new ArgumentException("The window ends after it begins.", nameof(window));
    }

    private DoraFigures Compute()
    {
        var deployments = _events.Where(e => e.Value.Kind == LedgerEntryKind.Deployment && Counts(e.Value)).Select(e => e.Key).Order().ToList();
        var (failed, open) = (0, 0);
        var leads = new List<TimeSpan>();
        var restores = new Dictionary<long, TimeSpan>();
        foreach (var deployment in deployments)
        {
            var entry = _events[deployment];
            var effects = Effects(deployment);
            var incidents = effects.Where(IsOpening).ToList();
            var rollbacks = effects.Where(e => _events[e].Kind == LedgerEntryKind.Rollback).ToList();
            var hasFailed = IsFailed(entry);
            failed += hasFailed || incidents.Count > 0 || rollbacks.Count > 0 ? 1 : 0;
            leads.AddRange(hasFailed ? [] : LeadTimes(deployment, entry));
            open += Restore(deployment, incidents, rollbacks, restores);
        }

        var (days, succeeded) = ((_window.To - _window.From).TotalDays, deployments.Count(d => !IsFailed(_events[d])));
        return new DoraFigures(
            days, deployments.Count, succeeded / days, Median(leads), deployments.Count > 0 ? failed / (double)deployments.Count : null, Median([.. restores.Values]), failed, open);
    }

    /// <summary>Notes how long it took to restore operation.</summary>
    /// <returns>The number of incidents that are open still.</returns>
    private int Restore(long deployment, List<long> incidents, List<long> rollbacks, Dictionary<long, TimeSpan> restores)
    {
        var open = 0;
        foreach (var incident in incidents)
        {
            var ends = Effects(incident).Where(e => IsResolution(e) || _events[e].Kind == LedgerEntryKind.Rollback).Concat(rollbacks);
            var times = ends.Select(e => _events[e].Time).Where(t => t >= _events[incident].Time).ToList();
            if (times.Count == 0)
            {
                open++;
            }
            else
            {
                restores[incident] = times.Min() - _events[incident].Time;
            }
        }

        if (incidents.Count == 0 && rollbacks.Count > 0)
        {
            restores[deployment] = rollbacks.Min(r => _events[r].Time) - _events[deployment].Time;
        }

        return open;
    }

    private IEnumerable<TimeSpan> LeadTimes(long deployment, LedgerEntry entry) => _lineage
        .Walk(deployment, LineageDirection.Upstream, _far).Nodes
        .Where(n => n.Kind == LedgerEntryKind.Patch && n.Time <= entry.Time)
        .Select(n => entry.Time - n.Time);

    private List<long> Effects(long index) => [.. _lineage.Impact(index, _near).Nodes.Select(n => n.Index).Where(i => i != index && _events.ContainsKey(i))];

    private bool Counts(LedgerEntry entry) => _window.Contains(entry.Time)
        && (_window.Repository is null || entry.Repository == _window.Repository)
        && (_window.Environment is null || entry.Attributes.GetValueOrDefault(EnvironmentName) == _window.Environment);

    private bool IsOpening(long index) => _events[index].Kind == LedgerEntryKind.Incident && _events[index].Attributes.GetValueOrDefault(StateName) != Resolved;

    private bool IsResolution(long index) => _events[index].Kind == LedgerEntryKind.Incident && _events[index].Attributes.GetValueOrDefault(StateName) == Resolved;

    private static bool IsFailed(LedgerEntry entry) => entry.Attributes.GetValueOrDefault(ResultName) == Failed;

    private static TimeSpan? Median(List<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return null;
        }

        times.Sort();
        var middle = times.Count / 2;
        return times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }
}
