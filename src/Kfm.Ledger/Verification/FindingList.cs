namespace Kfm.Ledger.Verification;

/// <summary>Collects findings up to a limit of each class, so that many of one class do not hide another.</summary>
internal sealed class FindingList
{
    private const int MaxOfClass = 16;
    private readonly List<LogFinding> _findings = [];

    internal IReadOnlyList<LogFinding> Findings => _findings;

    internal void Add(LogDamage damage, long? index, string message)
    {
        if (_findings.Count(f => f.Damage == damage) < MaxOfClass)
        {
            _findings.Add(new LogFinding(damage, index, message));
        }
    }
}
