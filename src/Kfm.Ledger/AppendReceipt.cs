using Kfm.Provenance.Merkle;

namespace Kfm.Ledger;

/// <summary>The acknowledgement that an entry is committed.</summary>
/// <param name="Index">The zero-based index of the entry.</param>
/// <param name="LeafHash">The hash of the leaf (RFC 6962, 2.1).</param>
/// <param name="IsNew">Whether this call appended the entry; false when it was there already.</param>
public sealed record AppendReceipt(long Index, MerkleHash LeafHash, bool IsNew);
