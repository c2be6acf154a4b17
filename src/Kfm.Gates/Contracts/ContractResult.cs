namespace Kfm.Gates.Contracts;

/// <summary>What the check of a data set found.</summary>
/// <param name="Rows">The rows that were checked.</param>
/// <param name="BreachCount">All breaches, also those beyond the cap; of a row at most as many as the schema reports.</param>
/// <param name="Breaches">The breaches in the order of the rows, at most <see cref="ContractOptions.MaxBreaches"/>.</param>
public sealed record ContractResult(long Rows, long BreachCount, IReadOnlyList<ContractBreach> Breaches)
{
    /// <summary>Whether every row meets the contract.</summary>
    public bool IsValid => BreachCount == 0;
}
