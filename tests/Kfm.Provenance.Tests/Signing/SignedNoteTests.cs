using System.Text;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Signing;

public sealed class SignedNoteTests : IDisposable
{
    private readonly EcdsaSigningKey _key = EcdsaSigningKey.Create();
    private readonly EcdsaSigningKey _other = EcdsaSigningKey.Create();

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("\n")]
    [InlineData("a\n\nb\n")]
    [InlineData("\u2014 looks like a signature\n\n\u2014 x AAAA\n")]
    public void Note_of_any_text_reads_back_and_verifies(string text)
    {
        var note = SignedNote.Sign(text, new NoteSigner("a", _key), new NoteSigner("b", _other));
        var again = SignedNote.Parse(Encoding.UTF8.GetBytes(note.ToString()));
        Assert.Equal(note.ToString(), again.ToString());
        var result = again.Verify(new NoteVerifier("b", _other.PublicKey));
        Assert.True(result.IsVerified);
        Assert.Equal(text, result.Text);
        Assert.Equal(["b"], result.Verified.Select(s => s.Name));
        Assert.Equal(["a"], result.Unknown.Select(s => s.Name));
    }

    [Fact]
    public void One_wrong_signature_of_a_trusted_key_refuses_the_note()
    {
        var good = SignedNote.Sign("text\n", new NoteSigner("a", _key), new NoteSigner("b", _other)).ToString();
        var stolen = SignedNote.Sign("else\n", new NoteSigner("b", _other)).ToString()[6..];
        var note = SignedNote.Parse(good + stolen);
        Assert.False(note.Verify(new NoteVerifier("a", _key.PublicKey), new NoteVerifier("b", _other.PublicKey)).IsVerified);
        Assert.True(note.Verify(new NoteVerifier("a", _key.PublicKey)).IsVerified);
    }

    [Fact]
    public void Key_of_the_same_name_or_of_the_same_id_alone_is_unknown()
    {
        var note = SignedNote.Sign("text\n", new NoteSigner("a", _key));
        Assert.False(note.Verify(new NoteVerifier("a", _other.PublicKey)).IsVerified);
        Assert.False(note.Verify(new NoteVerifier("b", _key.PublicKey)).IsVerified);
        Assert.False(note.Verify().IsVerified);
        Assert.Equal("", note.Verify().Text);
    }

    [Fact]
    public void Trusted_key_that_stands_twice_makes_its_signature_ambiguous()
    {
        var note = SignedNote.Sign("text\n", new NoteSigner("a", _key));
        Assert.False(note.Verify(new NoteVerifier("a", _key.PublicKey), new NoteVerifier("a", _key.PublicKey)).IsVerified);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 a AAAAAAA=")]
    [InlineData("text\n\n\u2014 a AAAAAA==\n")]
    [InlineData("text\n\n\u2014 a AAAAAAA\n")]
    [InlineData("text\n\n\u2014 a AAAAAAB=\n")]
    [InlineData("text\n\n\u2014 a  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  a AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a+b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a\u00a0b AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 a AAAAAAA= \n")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\t\n\n\u2014 a AAAAAAA=\n")]
    [InlineData("text\r\n\n\u2014 a AAAAAAA=\n")]
    [InlineData("text\0\n\n\u2014 a AAAAAAA=\n")]
    [InlineData("\n\u2014 a AAAAAAA=\n")]
    public void Text_that_is_no_note_is_refused(string text) => Assert.Throws<NoteFormatException>(() => SignedNote.Parse(text));

    [Fact]
    public void Note_that_is_not_unicode_or_too_large_is_refused()
    {
        Assert.Throws<NoteFormatException>(() => SignedNote.Parse([0xFF, .. "\n\n\u2014 a AAAAAAA=\n"u8]));
        Assert.Throws<NoteFormatException>(() => SignedNote.Parse("\ud800\n\n\u2014 a AAAAAAA=\n"));
        Assert.Throws<NoteFormatException>(() => SignedNote.Parse(new string('x', 1 << 20) + "\n\n\u2014 a AAAAAAA=\n"));
        Assert.Throws<NoteFormatException>(() => SignedNote.Parse("x\n\n" + string.Concat(Enumerable.Repeat("\u2014 a AAAAAAA=\n", 101))));
    }

    [Fact]
    public void Verifier_key_reads_back_as_written()
    {
        var text = new NoteVerifier("log.example/ä", _key.PublicKey).ToString();
        var verifier = NoteVerifier.Parse(text);
        Assert.Equal(text, verifier.ToString());
        Assert.Equal("log.example/ä", verifier.Name);
        Assert.StartsWith(_key.KeyId[..8], text.Split('+')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Verifier_key_with_any_part_changed_is_refused()
    {
        var parts = new NoteVerifier("a", _key.PublicKey).ToString().Split('+', 3);
        foreach (var text in new[]
        {
            "", "a", "a+b", $"{parts[0]}+00000000+{parts[2]}", $"{parts[0]}+{parts[1].ToUpperInvariant()}x+{parts[2]}", $"+{parts[1]}+{parts[2]}",
            $"a b+{parts[1]}+{parts[2]}", $"a+{parts[1]}+{parts[2][..^4]}", $"a+{parts[1]}+{parts[2]}\n", $"a+{parts[1]}+AQAA",
            "PeterNeumann+c74f20a3+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "a+c74f20a3+Bhpc2Q==",
        })
        {
            Assert.Throws<NoteFormatException>(() => NoteVerifier.Parse(text));
        }
    }

    [Fact]
    public void Text_or_name_that_cannot_stand_in_a_note_is_misuse()
    {
        var signer = new NoteSigner("a", _key);
        foreach (var text in new[] { "", "x", "x\r\n", "x\ud800\n" })
        {
            Assert.Throws<ArgumentException>(() => SignedNote.Sign(text, signer));
        }

        Assert.Throws<ArgumentException>(() => SignedNote.Sign("x\n"));
        Assert.Throws<ArgumentException>(() => new NoteVerifier("a b", _key.PublicKey));
        Assert.Throws<ArgumentException>(() => new NoteSigner("a+b", _key));
    }
}
