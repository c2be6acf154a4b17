using Kfm.Ledger.Storage;

namespace Kfm.Ledger.PostgreSql;

/// <summary>A leaf that a process asks to append.</summary>
/// <param name="Leaf">The leaf with its key.</param>
/// <param name="Lookups">The hashes of what it is found by, 8 bytes each.</param>
internal sealed record PendingRow(LogLeaf Leaf, byte[] Lookups);
