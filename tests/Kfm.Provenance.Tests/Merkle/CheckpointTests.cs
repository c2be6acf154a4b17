using Kfm.Provenance.Merkle;

namespace Kfm.Provenance.Tests.Merkle;

public sealed class CheckpointTests
{
    private const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public void Checkpoint_reads_back_as_written()
    {
        var text = new Checkpoint("log.example/a b", ulong.MaxValue, MerkleHash.Empty).ToString();
        Assert.Equal($"log.example/a b\n18446744073709551615\n{Root}\n", text);
        var checkpoint = Checkpoint.Parse(text + "one\ntwo\n");
        Assert.Equal(MerkleHash.Empty, checkpoint.Root);
        Assert.Equal(["one", "two"], checkpoint.Extensions);
        Assert.Equal(text + "one\ntwo\n", checkpoint.ToString());
    }

    [Fact]
    public void Root_that_is_no_hash_is_read_but_none() => Assert.Null(Checkpoint.Parse("o\n1\nAAAA\n").Root);

    [Theory]
    [InlineData("", 1)]
    [InlineData("o\n1\n", 3)]
    [InlineData("o\n1\n" + Root, 3)]
    [InlineData("\n1\n" + Root + "\n", 1)]
    [InlineData("o\n\n" + Root + "\n", 2)]
    [InlineData("o\n01\n" + Root + "\n", 2)]
    [InlineData("o\n-1\n" + Root + "\n", 2)]
    [InlineData("o\n+1\n" + Root + "\n", 2)]
    [InlineData("o\n 1\n" + Root + "\n", 2)]
    [InlineData("o\n1 \n" + Root + "\n", 2)]
    [InlineData("o\n1,000\n" + Root + "\n", 2)]
    [InlineData("o\n\u0661\n" + Root + "\n", 2)]
    [InlineData("o\n18446744073709551616\n" + Root + "\n", 2)]
    [InlineData("o\n1\n" + Root + "\r\n", 3)]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n", 3)]
    [InlineData("o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n", 3)]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", 3)]
    [InlineData("o\n1\n" + Root + "\n\n", 4)]
    [InlineData("o\n1\n" + Root + "\nx\n\ny\n", 5)]
    public void Text_that_is_no_checkpoint_is_refused_at_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Throws<CheckpointFormatException>(() => Checkpoint.Parse(text)).Line);
}
