using System.Text;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Merkle;

public sealed class WitnessPolicyTests : IDisposable
{
    private readonly List<Ed25519SigningKey> _keys = [.. Enumerable.Range(0, 6).Select(_ => Ed25519SigningKey.Create())];

    public void Dispose() => _keys.ForEach(k => k.Dispose());

    [Fact]
    public void Groups_of_groups_are_counted_as_the_policy_says()
    {
        var policy = Parse("""
            log @L0 https://log.example/
            witness X1 @W1
            	witness X2	@W2 https://w2.example/prefix
            witness X3 @W3
            group X 2 X1 X2 X3
            witness Y1 @W4
            witness Y2 @W5
            group Y any Y1 Y2
             # both
            group B all X Y
            quorum B
            """);
        Assert.Equal("https://w2.example/prefix", policy.Witnesses[1].Url);
        Assert.Equal("log.example/0", Assert.Single(policy.Logs).Name);
        Assert.True(policy.IsQuorum(["X1", "X3", "Y2"]));
        Assert.False(policy.IsQuorum(["X1", "X2", "X3"]));
        Assert.False(policy.IsQuorum(["X1", "Y1", "Y2"]));
    }

    [Theory]
    [InlineData("quorum none", true)]
    [InlineData("witness a @W1\nquorum a", true)]
    [InlineData("quorum none\nlog @L0", true)]
    [InlineData("witness \u00e9 @W1\ngroup none2 1 \u00e9\nquorum none2\n#x", true)]
    [InlineData("", false)]
    [InlineData("quorum none\nquorum none", false)]
    [InlineData("quorum a\nwitness a @W1", false)]
    [InlineData("witness a @W1\nwitness a @W2\nquorum a", false)]
    [InlineData("witness a @W1\nwitness b @W1\nquorum a", false)]
    [InlineData("witness none @W1\nquorum none", false)]
    [InlineData("witness a @L1\nquorum a", false)]
    [InlineData("log @W1\nquorum none", false)]
    [InlineData("log @L1\nlog @L1\nquorum none", false)]
    [InlineData("witness a @W1\ngroup g 2 a\nquorum g", false)]
    [InlineData("witness a @W1\ngroup g 0 a\nquorum g", false)]
    [InlineData("witness a @W1\ngroup g all\nquorum g", false)]
    [InlineData("witness a @W1\ngroup g any a a\nquorum g", false)]
    [InlineData("witness a @W1\ngroup g any a\ngroup h any a\nquorum g", false)]
    [InlineData("witness a @W1\ngroup g any none\nquorum g", false)]
    [InlineData("group g any a\nwitness a @W1\nquorum g", false)]
    [InlineData("witness a @W1\r\nquorum a", false)]
    [InlineData("witness a @W1 u v\nquorum a", false)]
    [InlineData("witness a x\nquorum a", false)]
    [InlineData("unknown\nquorum none", false)]
    public void Policy_is_read_or_refused_as_the_specification_says(string text, bool isPolicy)
    {
        if (isPolicy)
        {
            Parse(text);
        }
        else
        {
            Assert.Throws<WitnessPolicyFormatException>(() => Parse(text));
        }
    }

    [Fact]
    public void Checkpoint_needs_the_log_and_a_quorum()
    {
        var policy = Parse("log @L0\nwitness a @W1\nwitness b @W2\ngroup g any a b\nquorum g\n");
        var text = new Checkpoint("log.example/0", 0, MerkleHash.Empty).ToString();
        var log = new NoteSigner("log.example/0", _keys[0]);
        var witness = new NoteSigner("w.example/2", _keys[2], new SteppingTimeProvider());
        Assert.Equal(["b"], policy.Verify(SignedNote.Sign(text, log, witness).ToString()).Witnesses);
        Assert.Contains("no quorum", policy.Verify(SignedNote.Sign(text, log).ToString()).Reason, StringComparison.Ordinal);
        Assert.False(policy.Verify(SignedNote.Sign(text, witness).ToString()).IsVerified);
        Assert.False(policy.Verify("nothing").IsVerified);
        Assert.False(policy.Verify(SignedNote.Sign(text.Replace("/0", "/1", StringComparison.Ordinal), log, witness).ToString()).IsVerified);
    }

    private WitnessPolicy Parse(string text)
    {
        for (var i = 0; i < _keys.Count; i++)
        {
            text = text.Replace($"@L{i}", new NoteVerifier($"log.example/{i}", _keys[i].PublicKey).ToString(), StringComparison.Ordinal)
                .Replace($"@W{i}", new NoteVerifier($"w.example/{i}", _keys[i].PublicKey, NoteAlgorithm.Ed25519Cosignature).ToString(), StringComparison.Ordinal);
        }

        return WitnessPolicy.Parse(Encoding.UTF8.GetBytes(text));
    }
}
