using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Merkle;

public sealed class TlogProofTests : IDisposable
{
    private const string Origin = "log.example/a";
    private readonly EcdsaSigningKey _key = EcdsaSigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Proof_reads_back_as_written_and_verifies()
    {
        foreach (var extra in new ReadOnlyMemory<byte>?[] { null, Array.Empty<byte>(), "x"u8.ToArray() })
        {
            var text = Proof(extra).ToString();
            var proof = TlogProof.Parse(text);
            Assert.Equal(text, proof.ToString());
            Assert.Equal(extra?.ToArray(), proof.Extra?.ToArray());
            Assert.True(proof.Verify("one"u8, Origin, Verifier).IsVerified);
        }
    }

    [Fact]
    public void Proof_for_another_entry_log_or_key_is_not_verified()
    {
        using var other = EcdsaSigningKey.Create();
        var proof = Proof(null);
        Assert.Contains("not in the tree", proof.Verify("two"u8, Origin, Verifier).Reason, StringComparison.Ordinal);
        Assert.Contains("of the log", proof.Verify("one"u8, "log.example/b", Verifier).Reason, StringComparison.Ordinal);
        Assert.Contains("None of the trusted keys", proof.Verify("one"u8, Origin, new NoteVerifier(Origin, other.PublicKey)).Reason, StringComparison.Ordinal);
        Assert.False(proof.Verify("one"u8, Origin).IsVerified);
        Assert.False(new TlogProof(1, proof.Hashes, proof.Checkpoint).Verify("one"u8, Origin, Verifier).IsVerified);
        Assert.Contains("cannot be read", new TlogProof(0, proof.Hashes, "x").Verify("one"u8, Origin, Verifier).Reason, StringComparison.Ordinal);
        Assert.Contains("cannot be read", new TlogProof(0, proof.Hashes, Sign("no checkpoint\n")).Verify("one"u8, Origin, Verifier).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\nc\n", 1)]
    [InlineData("c2sp.org/tlog-proof@v1\r\nindex 0\n\nc\n", 1)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nextra eA==\nextra eA==\nindex 0\n\nc\n", 3)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex  1\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nIndex 1\n\nc\n", 2)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nc\n", 3)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n", 3)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n\n", 3)]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1", 2)]
    public void Text_that_is_no_proof_is_refused_at_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Throws<TlogProofFormatException>(() => TlogProof.Parse(text)).Line);

    [Fact]
    public void More_hashes_than_a_tree_is_high_are_refused()
    {
        var lines = string.Concat(Enumerable.Repeat(MerkleHash.Empty + "\n", 65));
        Assert.Throws<TlogProofFormatException>(() => TlogProof.Parse("c2sp.org/tlog-proof@v1\nindex 0\n" + lines + "\nc\n"));
        Assert.Throws<ArgumentException>(() => new TlogProof(0, [.. Enumerable.Repeat(MerkleHash.Empty, 65)], "c"));
    }

    private NoteVerifier Verifier => new(Origin, _key.PublicKey);

    private TlogProof Proof(ReadOnlyMemory<byte>? extra)
    {
        var two = MerkleHash.Leaf("two"u8);
        var root = MerkleHash.Node(MerkleHash.Leaf("one"u8), two);
        return new TlogProof(0, [two], Sign(new Checkpoint(Origin, 2, root).ToString()), extra);
    }

    private string Sign(string text) => SignedNote.Sign(text, new NoteSigner(Origin, _key)).ToString();
}
