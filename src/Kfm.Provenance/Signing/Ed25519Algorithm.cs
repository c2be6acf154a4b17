using Kfm.Provenance.Signing.Edwards25519;

namespace Kfm.Provenance.Signing;

/// <summary>Ed25519.</summary>
internal sealed class Ed25519Algorithm(Ed25519PublicKey key) : PublicKeyAlgorithm
{
    public override SignatureScheme Scheme => SignatureScheme.Ed25519;

    public ReadOnlySpan<byte> Bytes => key.Bytes;

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key.Verify(data, signature);
}
