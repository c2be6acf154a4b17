namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>What is to be logged.</summary>
/// <param name="Digest">The SHA-256 of what was signed: the artifact, or the encoding of the envelope.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Certificate">The signer's certificate in DER.</param>
internal sealed record LogRequest(byte[] Digest, byte[] Signature, byte[] Certificate)
{
    /// <summary>The envelope in JSON, when it is to be logged as one; null to log the digest.</summary>
    public byte[]? Envelope { get; init; }
}
