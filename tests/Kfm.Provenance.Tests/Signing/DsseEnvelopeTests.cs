using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Signing;

public sealed class DsseEnvelopeTests : IDisposable
{
    private readonly EcdsaSigningKey _alice = EcdsaSigningKey.Create();
    private readonly EcdsaSigningKey _bob = EcdsaSigningKey.Create();

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    // The vector of the DSSE protocol, and lengths that count bytes, not characters.
    [Theory]
    [InlineData("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world")]
    [InlineData("", "", "DSSEv1 0  0 ")]
    [InlineData("ü", "€", "DSSEv1 2 ü 3 €")]
    public void Pae_of_type_and_payload_has_lengths_in_bytes(string type, string payload, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(DsseEnvelope.Pae(type, Encoding.UTF8.GetBytes(payload))));

    [Fact]
    public void Signed_envelope_verifies_after_a_round_trip() => Prop.ForAll<byte[]>(payload =>
    {
        var json = DsseEnvelope.Sign("application/x", payload, _alice).ToJson();
        var result = DsseEnvelope.Parse(json).Verify([_alice.PublicKey]);
        return result.IsVerified && result.Payload.Span.SequenceEqual(payload) && result.PayloadType == "application/x";
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_flipped_bit_of_payload_or_signature_does_not_verify()
    {
        var envelope = DsseEnvelope.Sign("t", "payload"u8, _alice);
        var signature = envelope.Signatures[0].Value.ToArray();
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var flipped = Flip(signature, bit);
            Assert.False(_alice.PublicKey.Verify(DsseEnvelope.Pae("t", "payload"u8), flipped), $"bit {bit} of the signature");
        }

        var payload = envelope.Payload.ToArray();
        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            Assert.False(Envelope("t", Flip(payload, bit), signature).Verify([_alice.PublicKey]).IsVerified, $"bit {bit} of the payload");
        }
    }

    [Fact]
    public void Threshold_counts_distinct_keys_not_signatures()
    {
        var both = DsseEnvelope.Sign("t", "p"u8, _alice, _bob);
        Assert.True(both.Verify([_alice.PublicKey, _bob.PublicKey], 2).IsVerified);

        var value = both.Signatures[0].Value.ToArray();
        var twice = Envelope("t", "p"u8.ToArray(), value, value);
        var again = VerificationKey.FromPem(_alice.PublicKey.ToPem());
        var result = twice.Verify([_alice.PublicKey, again, _bob.PublicKey], 2);
        Assert.False(result.IsVerified);
        Assert.Equal([_alice.PublicKey], result.VerifiedBy);
        Assert.True(result.Payload.IsEmpty);
        Assert.Contains("1 of the trusted keys", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_id_in_the_envelope_never_decides()
    {
        var value = Convert.ToBase64String(DsseEnvelope.Sign("t", "p"u8, _alice).Signatures[0].Value.Span);
        var json = $$"""{"payloadType":"t","payload":"cA==","signatures":[{"keyid":"{{_bob.KeyId}}","sig":"{{value}}"}]}""";
        var envelope = DsseEnvelope.Parse(Encoding.UTF8.GetBytes(json));
        Assert.True(envelope.Verify([_alice.PublicKey]).IsVerified);
        Assert.False(envelope.Verify([_bob.PublicKey]).IsVerified);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":[]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":{}}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t"}""")]
    [InlineData("""{"payload":"cA==","payloadType":"","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA==","payloadType":1,"signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cB==","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"c A==","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"-/==","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":[{}]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":["cA=="]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"\ud800","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":[{"sig":"cA==","keyid":7}]}""")]
    [InlineData("""{"payload":"cA==","payload":"cA==","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA==","pay\u006coad":"cA==","payloadType":"t","signatures":[{"sig":"cA=="}]}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":[{"sig":"cA=="}],"\ud800":1}""")]
    [InlineData("""{"payload":"cA==","payloadType":"t","signatures":[{"sig":"cA=="}]} {}""")]
    public void Text_that_is_not_an_envelope_is_refused(string json) =>
        Assert.Throws<DsseFormatException>(() => DsseEnvelope.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Arbitrary_bytes_are_refused_with_the_one_exception() => Prop.ForAll<byte[]>(bytes =>
    {
        try
        {
            DsseEnvelope.Parse(bytes);
        }
        catch (DsseFormatException)
        {
            return true;
        }

        return false;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Json_is_canonical_and_ends_with_a_newline()
    {
        var text = Encoding.UTF8.GetString(DsseEnvelope.Sign("a<b", "p"u8, _alice).ToJson());
        Assert.StartsWith("""{"payload":"cA==","payloadType":"a<b","signatures":[{"keyid":""" + $"\"{_alice.KeyId}\",\"sig\":\"", text, StringComparison.Ordinal);
        Assert.EndsWith("\"}]}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Signing_with_no_key_or_with_one_key_twice_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => DsseEnvelope.Sign("t", "p"u8));
        Assert.Throws<ArgumentException>(() => DsseEnvelope.Sign("t", "p"u8, _alice, _alice));
        Assert.Throws<ArgumentOutOfRangeException>(() => DsseEnvelope.Sign("t", "p"u8, _alice).Verify([_alice.PublicKey], 0));
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var copy = bytes.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static DsseEnvelope Envelope(string type, byte[] payload, params byte[][] signatures)
    {
        var sigs = string.Join(',', signatures.Select(s => $$"""{"sig":"{{Convert.ToBase64String(s)}}"}"""));
        return DsseEnvelope.Parse(Encoding.UTF8.GetBytes(
            $$"""{"payload":"{{Convert.ToBase64String(payload)}}","payloadType":"{{type}}","signatures":[{{sigs}}]}"""));
    }
}
