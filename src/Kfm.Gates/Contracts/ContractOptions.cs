namespace Kfm.Gates.Contracts;

/// <summary>What the check of a data set may cost.</summary>
public sealed record ContractOptions
{
    /// <summary>The most rows. Default: 10 million.</summary>
    public long MaxRows { get; init; } = 10_000_000;

    /// <summary>The most columns of a CSV file. Default: 10,000.</summary>
    public int MaxColumns { get; init; } = 10_000;

    /// <summary>The longest field of a CSV file, in UTF-16 units. Default: 1 Mi.</summary>
    public int MaxFieldLength { get; init; } = 1024 * 1024;

    /// <summary>The most breaches in one result; the rows are counted to the end all the same. Default: 100.</summary>
    public int MaxBreaches { get; init; } = 100;
}
