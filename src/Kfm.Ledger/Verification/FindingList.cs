namespace Kfm.Ledger.Verification;

/// <summary>Collects findings up to a limit.</summary>
internal sealed class FindingList
{
    private const int Max = 100;
    private readonly List<LogFinding> _findings = [];

    internal IReadOnlyList<LogFinding> Findings => _findings;

    internal void Add(LogDamage damage, long? index, string message)
    {
        if (_findings.Count < Max)
        {
            _findings.Add(new LogFinding(damage, index, message));
        }
    }
}
