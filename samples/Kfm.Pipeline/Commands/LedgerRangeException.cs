using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Pipeline.Commands;

/// <summary>Something was asked for that the log does not hold.</summary>
internal sealed class LedgerRangeException(string message) : KfmException(message)
{
    internal LedgerRangeException(long wanted, long size)
        : this(string.Create(CultureInfo.InvariantCulture, $"{wanted} is not within the log, which has {size} entries."))
    {
    }
}
