using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Pipeline.Commands;

/// <summary>A proof was asked for that the log cannot give.</summary>
internal sealed class LedgerRangeException(long wanted, long size)
    : KfmException(string.Create(CultureInfo.InvariantCulture, $"{wanted} is not within the log, which has {size} entries."));
