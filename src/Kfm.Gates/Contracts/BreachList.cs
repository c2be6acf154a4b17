using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Contracts;

/// <summary>Counts rows and breaches, and keeps the first ones.</summary>
internal sealed class BreachList(int capacity)
{
    private readonly List<ContractBreach> _kept = [];
    private long _count;

    public long Rows { get; private set; }

    public void Add(ValidationResult row, Func<string, string> place)
    {
        Rows++;
        if (row.IsValid)
        {
            return;
        }

        _count += Math.Max(1, row.Errors.Count);
        foreach (var error in row.Errors.Take(capacity - _kept.Count))
        {
            _kept.Add(new ContractBreach(Rows, place(error.InstancePointer), error.Message));
        }
    }

    public ContractResult ToResult() => new(Rows, _count, _kept);
}
