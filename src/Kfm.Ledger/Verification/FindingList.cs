namespace Kfm.Ledger.Verification;

/// <summary>
/// Collects findings up to a limit of each class, so that many of one class do not hide another. Of too many those with the smallest
/// indexes stay. Safe for use by several threads.
/// </summary>
internal sealed class FindingList
{
    private const int MaxOfClass = 16;
    private readonly SortedDictionary<LogDamage, List<LogFinding>> _findings = [];
    private readonly Lock _gate = new();

    internal IReadOnlyList<LogFinding> Findings
    {
        get
        {
            lock (_gate)
            {
                return [.. _findings.Values.SelectMany(list => list)];
            }
        }
    }

    internal void Add(LogDamage damage, long? index, string message)
    {
        lock (_gate)
        {
            if (!_findings.TryGetValue(damage, out var list))
            {
                _findings.Add(damage, list = []);
            }

            var at = list.FindIndex(f => (f.Index ?? long.MaxValue) > (index ?? long.MaxValue));
            list.Insert(at < 0 ? list.Count : at, new LogFinding(damage, index, message));
            if (list.Count > MaxOfClass)
            {
                list.RemoveAt(MaxOfClass);
            }
        }
    }
}
