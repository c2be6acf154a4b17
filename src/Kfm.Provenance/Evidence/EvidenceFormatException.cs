namespace Kfm.Provenance.Evidence;

/// <summary>A text is not the record of a run: not canonical, of another shape or version, or its roots do not fit its facts.</summary>
public sealed class EvidenceFormatException : KfmException, IPointed
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</param>
    public EvidenceFormatException(string message, string pointer)
        : base($"evidence.json at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
