namespace Kfm.Provenance.InToto;

/// <summary>How strictly statements and descriptors are read.</summary>
public enum StatementRules
{
    /// <summary>All rules of the framework, the lengths and digits of known digests too: for everything that is relied upon.</summary>
    Strict,

    /// <summary>
    /// Types and required members only, as a protobuf reader does: for documents that are shown or explained, such as the examples of specifications, whose
    /// digests are abbreviated.
    /// </summary>
    Structural,
}
