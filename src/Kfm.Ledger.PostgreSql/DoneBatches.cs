namespace Kfm.Ledger.PostgreSql;

/// <summary>The batches whose results nobody needs any more; the next batch removes them from the store.</summary>
internal sealed class DoneBatches
{
    private readonly Lock _gate = new();
    private readonly List<long> _numbers = [];

    internal void Add(long number)
    {
        lock (_gate)
        {
            _numbers.Add(number);
        }
    }

    internal long[] Take()
    {
        lock (_gate)
        {
            var numbers = _numbers.ToArray();
            _numbers.Clear();
            return numbers;
        }
    }
}
