using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.Provenance.Tests.Merkle;

public sealed class MerkleProofTests
{
    private static readonly MerkleHash[] Leaves = ReferenceTree.Leaves(300);

    [Fact]
    public void Leaf_node_and_empty_hashes_are_those_of_rfc_6962()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleHash.Empty.ToDigest().Hex);
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", MerkleHash.Leaf([]).ToDigest().Hex);
        Assert.Equal(
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", MerkleHash.Node(MerkleHash.Leaf([]), MerkleHash.Leaf([0])).ToDigest().Hex);
    }

    // The input of a leaf is hashed in one piece below a length and in two above it.
    [Theory]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(100_000)]
    public void Leaf_hash_of_any_length_is_the_hash_of_a_zero_byte_and_the_entry(int length)
    {
        var entry = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal(Digest.Of([0, .. entry]), MerkleHash.Leaf(entry).ToDigest());
    }

    // The eight leaves and nine roots that certificate transparency implementations share.
    [Fact]
    public void Roots_of_the_known_leaves_are_the_known_roots()
    {
        string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var tree = new CompactRange();
        for (var size = 0; size < roots.Length; size++)
        {
            Assert.Equal(roots[size], tree.Root().ToDigest().Hex);
            if (size < leaves.Length)
            {
                tree.Append(MerkleHash.Leaf(Convert.FromHexString(leaves[size])));
            }
        }
    }

    [Fact]
    public void Compact_range_has_the_root_of_the_definition_and_can_be_taken_up_again()
    {
        var tree = new CompactRange();
        for (var size = 0; size < Leaves.Length; size++)
        {
            Assert.Equal(ReferenceTree.Root(Leaves.AsSpan(0, size)), tree.Root());
            tree = new CompactRange(tree.Size, tree.Hashes);
            tree.Append(Leaves[size]);
        }

        Assert.Throws<ArgumentException>(() => new CompactRange(3, [Leaves[0]]));
    }

    [Fact]
    public void Inclusion_of_every_leaf_verifies_at_every_size()
    {
        foreach (var size in Enumerable.Range(1, 70).Concat([127, 128, 129, 255, 256, 257, 300]))
        {
            var root = ReferenceTree.Root(Leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = ReferenceTree.Path(index, Leaves.AsSpan(0, size));
                Assert.True(MerkleProof.VerifyInclusion((ulong)index, (ulong)size, Leaves[index], proof, root), $"{index} of {size}");
            }
        }
    }

    [Fact]
    public void Consistency_of_every_two_sizes_verifies()
    {
        var sizes = Enumerable.Range(1, 66).Concat([127, 128, 129, 256, 300]).ToList();
        foreach (var (older, newer) in sizes.SelectMany(a => sizes.Where(b => b >= a).Select(b => (a, b))))
        {
            var proof = ReferenceTree.Proof(older, Leaves.AsSpan(0, newer));
            var (root1, root2) = (ReferenceTree.Root(Leaves.AsSpan(0, older)), ReferenceTree.Root(Leaves.AsSpan(0, newer)));
            Assert.True(MerkleProof.VerifyConsistency((ulong)older, (ulong)newer, proof, root1, root2), $"{older} to {newer}");
        }
    }

    [Fact]
    public void Any_flipped_bit_or_changed_length_of_an_inclusion_proof_fails() => Prop.ForAll(Gen.Choose(2, 200).ToArbitrary(), Gen.Choose(0, 1 << 20).ToArbitrary(), (size, seed) =>
    {
        var index = seed % size;
        var root = ReferenceTree.Root(Leaves.AsSpan(0, size));
        var proof = ReferenceTree.Path(index, Leaves.AsSpan(0, size));
        var (n, s) = ((ulong)index, (ulong)size);
        return !MerkleProof.VerifyInclusion(n, s, Flip(Leaves[index], seed), proof, root)
            && !MerkleProof.VerifyInclusion(n, s, Leaves[index], proof, Flip(root, seed))
            && !MerkleProof.VerifyInclusion(n, s, Leaves[index], FlipOne(proof, seed), root)
            && !MerkleProof.VerifyInclusion(n, s, Leaves[index], proof[..^1], root)
            && !MerkleProof.VerifyInclusion(n, s, Leaves[index], [.. proof, root], root)
            && !MerkleProof.VerifyInclusion(s, s, Leaves[index], proof, root)
            && !MerkleProof.VerifyInclusion(((ulong)index + 1) % s, s, Leaves[index], proof, root);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_flipped_bit_or_changed_length_of_a_consistency_proof_fails() => Prop.ForAll(Gen.Choose(2, 200).ToArbitrary(), Gen.Choose(0, 1 << 20).ToArbitrary(), (newer, seed) =>
    {
        var older = 1 + (seed % (newer - 1));
        var (root1, root2) = (ReferenceTree.Root(Leaves.AsSpan(0, older)), ReferenceTree.Root(Leaves.AsSpan(0, newer)));
        var proof = ReferenceTree.Proof(older, Leaves.AsSpan(0, newer));
        var (a, b) = ((ulong)older, (ulong)newer);
        return !MerkleProof.VerifyConsistency(a, b, proof, Flip(root1, seed), root2)
            && !MerkleProof.VerifyConsistency(a, b, proof, root1, Flip(root2, seed))
            && !MerkleProof.VerifyConsistency(a, b, FlipOne(proof, seed), root1, root2)
            && !MerkleProof.VerifyConsistency(a, b, proof[..^1], root1, root2)
            && !MerkleProof.VerifyConsistency(a, b, [.. proof, root1], root1, root2)
            && !MerkleProof.VerifyConsistency(b, a, proof, root2, root1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Consistency_with_the_empty_tree_proves_nothing_and_fails()
    {
        Assert.False(MerkleProof.VerifyConsistency(0, 3, [], MerkleHash.Empty, Leaves[0]));
        Assert.False(MerkleProof.VerifyConsistency(0, 0, [], MerkleHash.Empty, MerkleHash.Empty));
    }

    [Theory]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue)]
    [InlineData(0, ulong.MaxValue)]
    [InlineData(1UL << 63, (1UL << 63) + 1)]
    public void Sizes_at_the_end_of_the_range_are_handled(ulong one, ulong two)
    {
        for (var length = 0; length < 70; length++)
        {
            var proof = Enumerable.Repeat(Leaves[0], length).ToList();
            Assert.False(MerkleProof.VerifyInclusion(one, two, Leaves[0], proof, Leaves[1]));
            Assert.False(MerkleProof.VerifyConsistency(one, two, proof, Leaves[0], Leaves[1]));
            Assert.False(MerkleSubtree.VerifyConsistency(one, two, ulong.MaxValue, proof, Leaves[0], Leaves[1]));
        }
    }

    private static List<MerkleHash> FlipOne(List<MerkleHash> proof, int seed)
    {
        var copy = proof.ToList();
        copy[seed % copy.Count] = Flip(copy[seed % copy.Count], seed);
        return copy;
    }

    private static MerkleHash Flip(MerkleHash hash, int seed)
    {
        var bytes = hash.ToBytes();
        bytes[seed % 32] ^= (byte)(1 << (seed % 8));
        return MerkleHash.FromBytes(bytes);
    }
}
