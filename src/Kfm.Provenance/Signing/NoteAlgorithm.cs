namespace Kfm.Provenance.Signing;

/// <summary>The signature types of signed notes that are supported (C2SP signed-note, signature types).</summary>
public enum NoteAlgorithm
{
    /// <summary>Ed25519 over the text (type byte 0x01).</summary>
    Ed25519 = 0x01,

    /// <summary>ECDSA over P-256 with SHA-256; signatures are DER (type byte 0x02).</summary>
    EcdsaP256 = 0x02,

    /// <summary>
    /// Ed25519 by a witness, with the time in seconds (type byte 0x04; C2SP tlog-cosignature, cosignature/v1). The signature is eight bytes of
    /// time, big-endian, and 64 bytes over the time and the text.
    /// </summary>
    Ed25519Cosignature = 0x04,

    /// <summary>
    /// A signed tree head of RFC 6962, 3.5, with the time in milliseconds (type byte 0x05; C2SP static-ct-api). Such signatures are verified, not made.
    /// </summary>
    Rfc6962TreeHead = 0x05,
}
