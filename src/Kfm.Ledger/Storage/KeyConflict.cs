namespace Kfm.Ledger.Storage;

/// <summary>A leaf has the idempotency key of an entry with other content.</summary>
/// <param name="Leaf">The leaf that was refused.</param>
/// <param name="Index">The index of the entry that has the key.</param>
public sealed record KeyConflict(LogLeaf Leaf, long Index);
