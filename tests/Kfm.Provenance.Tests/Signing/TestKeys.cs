using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Signing;

/// <summary>A new key of any scheme.</summary>
internal static class TestKeys
{
    public static LocalSigningKey Create(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.Ed25519 => Ed25519SigningKey.Create(),
        >= SignatureScheme.RsaPkcs1Sha256 => RsaSigningKey.Create(2048, scheme),
        _ => EcdsaSigningKey.Create(scheme),
    };
}
