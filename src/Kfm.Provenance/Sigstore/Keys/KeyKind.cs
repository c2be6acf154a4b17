namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>The kinds of public keys that are read.</summary>
internal enum KeyKind
{
    P256,
    P384,
    P521,
    Rsa,
    Ed25519,
}
