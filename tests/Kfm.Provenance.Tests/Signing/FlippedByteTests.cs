using System.Text;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Signing;

/// <summary>No byte of what is signed, nor of a signature, can change without the verification seeing it.</summary>
public sealed class FlippedByteTests
{
    public static TheoryData<SignatureScheme> Schemes =>
    [
        SignatureScheme.EcdsaP256Sha256, SignatureScheme.EcdsaP384Sha384, SignatureScheme.EcdsaP521Sha512, SignatureScheme.Ed25519,
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPssSha256,
    ];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Envelope_with_any_byte_of_type_payload_or_signature_changed_is_not_verified(SignatureScheme scheme)
    {
        using var key = TestKeys.Create(scheme);
        var envelope = DsseEnvelope.Sign("application/x-kfm-test", "{\"claim\":[1,2,3]}"u8, key);
        var accepted = 0;
        foreach (var (type, payload, signature) in Changes(envelope))
        {
            var json = $$"""{"payloadType":"{{type}}","payload":"{{Convert.ToBase64String(payload)}}","signatures":[{"sig":"{{Convert.ToBase64String(signature)}}"}]}""";
            accepted += DsseEnvelope.Parse(Encoding.UTF8.GetBytes(json)).Verify([key.PublicKey]).IsVerified ? 1 : 0;
        }

        Assert.Equal(0, accepted);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Envelope_text_with_any_byte_changed_is_not_verified_or_says_the_same(SignatureScheme scheme)
    {
        using var key = TestKeys.Create(scheme);
        var envelope = DsseEnvelope.Sign("application/x-kfm-test", "{}"u8, key);
        var text = envelope.ToJson();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToArray();
            changed[i] ^= 1;
            try
            {
                var result = DsseEnvelope.Parse(changed).Verify([key.PublicKey]);
                Assert.True(!result.IsVerified || (result.PayloadType == envelope.PayloadType && result.Payload.Span.SequenceEqual("{}"u8)), $"byte {i}");
            }
            catch (DsseFormatException)
            {
                // Refused before the signature is looked at.
            }
        }
    }

    [Fact]
    public void Note_with_any_byte_of_its_text_or_signature_changed_is_not_verified()
    {
        using var log = TestKeys.Create(SignatureScheme.Ed25519);
        using var other = TestKeys.Create(SignatureScheme.EcdsaP256Sha256);
        NoteVerifier[] keys = [new("log", log.PublicKey), new("other", other.PublicKey)];
        var note = Encoding.UTF8.GetBytes(SignedNote.Sign("log\n1\nAAAA\n", new NoteSigner("log", log), new NoteSigner("other", other)).ToString());
        for (var i = 0; i < note.Length; i++)
        {
            var changed = note.ToArray();
            changed[i] ^= 1;
            try
            {
                // A changed name or id makes one signature unknown; the other still vouches for the text.
                var result = SignedNote.Parse(changed).Verify(keys);
                Assert.True(!result.IsVerified || (result.Text == "log\n1\nAAAA\n" && result.Verified.Count == 1), $"byte {i}");
            }
            catch (NoteFormatException)
            {
                // Refused before the signatures are looked at.
            }
        }
    }

    private static IEnumerable<(string Type, byte[] Payload, byte[] Signature)> Changes(DsseEnvelope envelope)
    {
        var (payload, signature) = (envelope.Payload.ToArray(), envelope.Signatures[0].Value.ToArray());
        foreach (var i in Enumerable.Range(0, envelope.PayloadType.Length))
        {
            yield return (envelope.PayloadType[..i] + (char)(envelope.PayloadType[i] ^ 1) + envelope.PayloadType[(i + 1)..], payload, signature);
        }

        foreach (var i in Enumerable.Range(0, payload.Length))
        {
            yield return (envelope.PayloadType, Flip(payload, i), signature);
        }

        foreach (var i in Enumerable.Range(0, signature.Length))
        {
            yield return (envelope.PayloadType, payload, Flip(signature, i));
        }
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 1;
        return copy;
    }
}
