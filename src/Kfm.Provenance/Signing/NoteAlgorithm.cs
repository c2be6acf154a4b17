namespace Kfm.Provenance.Signing;

/// <summary>The signature types of signed notes that are supported (C2SP signed-note, signature types).</summary>
public enum NoteAlgorithm
{
    /// <summary>ECDSA over P-256 with SHA-256; signatures are DER (type byte 0x02).</summary>
    EcdsaP256 = 0x02,
}
