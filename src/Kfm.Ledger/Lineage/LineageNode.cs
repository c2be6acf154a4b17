using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Lineage;

/// <summary>An entry of the log as a node of the lineage.</summary>
/// <param name="Index">The zero-based index of the entry.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Subject">The SHA-256 of the thing that it is about.</param>
/// <param name="TraceId">The trace that it belongs to, or null.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Depth">The number of edges from the node that was asked about.</param>
public sealed record LineageNode(long Index, LedgerEntryKind Kind, Digest Subject, Guid? TraceId, DateTimeOffset Time, int Depth);
