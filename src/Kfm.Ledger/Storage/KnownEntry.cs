using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>An entry that has a key.</summary>
/// <param name="Index">The index of the entry.</param>
/// <param name="Hash">The hash of its leaf.</param>
public readonly record struct KnownEntry(long Index, MerkleHash Hash);
