using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Digests;

public sealed class DigestSetTests
{
    private const string Commit = "5ab2f8a4323abafb10abb68657d9d39f1a775057";
    private static readonly string Sha256 = Digest.Of("Hello"u8).Hex;

    // The example of the in-toto specification: the blob of Hello without a newline.
    [Fact]
    public void Content_has_its_digests_and_its_git_blob()
    {
        var set = DigestSet.Of("Hello"u8);

        Assert.Equal(["gitBlob", "sha256", "sha384", "sha512"], set.Keys);
        Assert.Equal(Commit, set["gitBlob"]);
        Assert.Equal(Digest.Of("Hello"u8), set.Sha256);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData("Hello"u8)), set["sha512"]);
    }

    [Fact]
    public void Git_blob_is_what_git_says()
    {
        using var repository = new GitRepository();
        repository.Write("a", "kfm\n");

        Assert.Equal(repository.Run("hash-object", "a").Trim(), DigestSet.Of("kfm\n"u8)["gitBlob"]);
    }

    [Fact]
    public void Pieces_and_streams_give_the_same_set() => Prop.ForAll<byte[], byte[]>((left, right) =>
    {
        using var pieces = new DigestSetHash(left.Length + right.Length);
        pieces.Append(left);
        pieces.AppendAsync(new MemoryStream(right)).GetAwaiter().GetResult();
        return pieces.Finish().Equals(DigestSet.Of([.. left, .. right]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Wrong_length_is_misuse()
    {
        using var less = new DigestSetHash(5);
        using var more = new DigestSetHash(1);
        less.Append("kfm"u8);

        Assert.Throws<InvalidOperationException>(() => less.Finish());
        Assert.Throws<InvalidOperationException>(() => more.Append("kfm"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DigestSetHash(-1));
    }

    [Fact]
    public void Text_is_read_and_written_in_the_order_of_the_names()
    {
        var set = DigestSet.Parse($"sha256:{Sha256},gitCommit:{Commit},gitTree:{Sha256},other:Any");

        Assert.Equal($"gitCommit:{Commit},gitTree:{Sha256},other:Any,sha256:{Sha256}", set.ToString());
        Assert.Equal(set, DigestSet.Parse(set.ToString()));
        Assert.Equal(set.GetHashCode(), DigestSet.Parse(set.ToString()).GetHashCode());
        Assert.Null(DigestSet.Parse("gitCommit:" + Commit).Sha256);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:abcd")]
    [InlineData(":abcd")]
    [InlineData("sha1:5AB2F8A4323ABAFB10ABB68657D9D39F1A775057")]
    [InlineData("gitBlob:5ab2")]
    [InlineData("other:a,other:b")]
    [InlineData("other:a,")]
    [InlineData("other:a:b")]
    public void Other_text_is_refused(string text) => Assert.Throws<DigestFormatException>(() => DigestSet.Parse(text));

    // The examples of the specification: any accepted algorithm that both have decides.
    [Fact]
    public void Sets_match_by_an_accepted_algorithm()
    {
        var hello = DigestSet.Of("Hello"u8);
        var blob = DigestSet.Parse("gitBlob:" + Commit);

        Assert.True(hello.Matches(DigestSet.Of(Digest.Of("Hello"u8))));
        Assert.False(hello.Matches(DigestSet.Of(Digest.Of("hello"u8))));
        Assert.False(hello.Matches(blob));
        Assert.True(hello.Matches(blob, ["gitBlob"]));
        Assert.False(blob.Matches(DigestSet.Parse($"gitCommit:{Commit}"), ["gitBlob", "gitCommit"]));
    }
}
