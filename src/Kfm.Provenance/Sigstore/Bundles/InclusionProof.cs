using Kfm.Provenance.Merkle;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>The proof that an entry is in a log (sigstore_rekor.proto, InclusionProof).</summary>
/// <param name="LogIndex">The index in the tree of the checkpoint.</param>
/// <param name="TreeSize">The number of leaves of that tree.</param>
/// <param name="Root">Its root hash.</param>
/// <param name="Hashes">The siblings from the leaf up.</param>
/// <param name="Checkpoint">The signed note in UTF-8; null when there is none.</param>
internal sealed record InclusionProof(ulong LogIndex, ulong TreeSize, MerkleHash Root, MerkleHash[] Hashes, byte[]? Checkpoint);
