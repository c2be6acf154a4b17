using Kfm.Provenance.Digests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Digests;

public sealed class DigestTests
{
    // FIPS 180-4 example "abc"
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Bytes_stream_and_file_have_one_digest()
    {
        using var folder = new TemporaryDirectory();
        using var stream = new MemoryStream("abc"u8.ToArray());

        Assert.Equal("sha256:" + Abc, Digest.Of("abc"u8).ToString());
        Assert.Equal(Digest.Of("abc"u8), Digest.OfStream(stream));
        Assert.Equal(Digest.Of("abc"u8), Digest.OfFile(folder.Write("x", "abc")));
    }

    [Theory]
    [InlineData(Abc)]
    [InlineData("sha256:" + Abc)]
    public void Text_is_read_with_and_without_the_name(string text) => Assert.Equal(Digest.Of("abc"u8), Digest.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("sha512:" + Abc)]
    [InlineData("SHA256:" + Abc)]
    [InlineData(Abc + "0")]
    [InlineData("BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Other_text_is_refused(string text) => Assert.Throws<DigestFormatException>(() => Digest.Parse(text));

    [Fact]
    public void Fixed_time_comparison_says_what_equality_says()
    {
        Assert.True(Digest.Of("abc"u8).FixedTimeEquals(Digest.Parse(Abc)));
        Assert.False(Digest.Of("abc"u8).FixedTimeEquals(Digest.Of("abd"u8)));
    }

    [Fact]
    public void Default_value_is_not_a_digest() => Assert.Throws<InvalidOperationException>(() => default(Digest).ToString());
}
