using System.Buffers.Binary;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Signing;

public sealed class NoteAlgorithmTests
{
    private const string Checkpoint = "log.example\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Witness_adds_its_cosignature_with_the_time_to_the_note_of_a_log()
    {
        using var log = Ed25519SigningKey.FromSeed(new byte[32]);
        using var key = Ed25519SigningKey.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        var witness = new NoteSigner("witness.example", key, new SteppingTimeProvider(Start, TimeSpan.Zero));
        var note = SignedNote.Parse(SignedNote.Sign(Checkpoint, new NoteSigner("log.example", log)).With(witness).ToString());
        var verifier = NoteVerifier.Parse(witness.Verifier.ToString());
        var result = note.Verify(new NoteVerifier("log.example", log.PublicKey), verifier);
        Assert.Equal(["log.example", "witness.example"], result.Verified.Select(s => s.Name));
        Assert.Equal(Start, verifier.TimeOf(result.Verified[1].Value.Span));

        // The same key that signs the text as it is has another id, and its signature is not the one of a witness.
        Assert.NotEqual(verifier.KeyHash, new NoteVerifier("witness.example", key.PublicKey).KeyHash);
        Assert.False(verifier.Verify("text\n"u8, key.Sign("text\n"u8)));
    }

    [Fact]
    public void Private_key_in_its_text_form_signs_with_its_name_and_id()
    {
        using var key = Ed25519SigningKey.FromSeed(new byte[32]);
        var verifier = new NoteVerifier("a", key.PublicKey);
        var text = $"PRIVATE+KEY+a+{verifier.KeyHash:x8}+{Convert.ToBase64String([1, .. new byte[32]])}";
        var note = SignedNote.Sign("text\n", NoteSigner.Parse(text));
        Assert.True(note.Verify(verifier).IsVerified);
        foreach (var wrong in new[] { "", text[1..], text.Replace("+a+", "+b+", StringComparison.Ordinal), text[..^4], text + "+" })
        {
            Assert.Throws<NoteFormatException>(() => NoteSigner.Parse(wrong));
        }

        Assert.Throws<NoteFormatException>(() => NoteSigner.Parse(text, TimeProvider.System));
    }

    [Fact]
    public void Tree_head_of_certificate_transparency_verifies_for_its_log_and_root_alone()
    {
        using var key = EcdsaSigningKey.Create();
        var verifier = new NoteVerifier("log.example", key.PublicKey, NoteAlgorithm.Rfc6962TreeHead);
        var head = new byte[50];
        head[1] = 1;
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), (ulong)Start.ToUnixTimeMilliseconds());
        head[17] = 3;
        Enumerable.Range(0, 32).Select(i => (byte)i).ToArray().CopyTo(head, 18);
        var der = key.Sign(head);
        byte[] signature = [.. head.AsSpan(2, 8), 4, 3, 0, (byte)der.Length, .. der];
        var text = System.Text.Encoding.UTF8.GetBytes(Checkpoint);
        Assert.True(verifier.Verify(text, signature));
        Assert.Equal(Start, verifier.TimeOf(signature));
        Assert.False(verifier.Verify([.. text, .. "extension\n"u8], signature));
        Assert.False(verifier.Verify(System.Text.Encoding.UTF8.GetBytes(Checkpoint.Replace('3', '4')), signature));
        for (var i = 0; i < 12; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 1;
            Assert.False(verifier.Verify(text, changed));
            Assert.False(verifier.Verify(text, signature.AsSpan(0, i)));
        }
    }

    [Fact]
    public void Key_that_does_not_sign_in_that_way_is_misuse()
    {
        using var p384 = EcdsaSigningKey.Create(SignatureScheme.EcdsaP384Sha384);
        using var ed25519 = Ed25519SigningKey.Create();
        Assert.Throws<ArgumentException>(() => new NoteVerifier("a", p384.PublicKey));
        Assert.Throws<ArgumentException>(() => new NoteVerifier("a", ed25519.PublicKey, NoteAlgorithm.EcdsaP256));
        Assert.Throws<ArgumentException>(() => new NoteSigner("a", p384, TimeProvider.System));
    }
}
