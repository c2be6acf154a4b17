namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>How a signature was made: the kind of key and the hash of the message.</summary>
internal enum SignatureAlgorithm
{
    EcdsaSha256,
    EcdsaSha384,
    EcdsaSha512,
    RsaSha256,
    RsaSha384,
    RsaSha512,
    Ed25519,
}
