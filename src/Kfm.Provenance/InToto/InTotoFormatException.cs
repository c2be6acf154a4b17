using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.InToto;

/// <summary>A text is not an in-toto Statement, or not one that Kfm writes.</summary>
public sealed class InTotoFormatException : KfmException, IPointed
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public InTotoFormatException(string message, string pointer)
        : base($"in-toto at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
