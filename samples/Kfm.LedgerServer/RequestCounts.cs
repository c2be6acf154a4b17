using System.Collections.Concurrent;

namespace Kfm.LedgerServer;

/// <summary>How many requests were answered, by route and status; the routes are those of the server, so that a stranger cannot add series.</summary>
internal sealed class RequestCounts
{
    private readonly ConcurrentDictionary<(string Route, int Status), long> _counts = new();

    public void Add(string route, int status) => _counts.AddOrUpdate((route, status), 1, static (_, n) => n + 1);

    public IEnumerable<KeyValuePair<(string Route, int Status), long>> Snapshot() =>
        _counts.ToArray().OrderBy(c => c.Key.Route, StringComparer.Ordinal).ThenBy(c => c.Key.Status);
}
