using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Prov;

/// <summary>A text is not a PROV-O bundle of the shapes that Kfm writes.</summary>
public sealed class ProvFormatException : KfmException, IPointed
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public ProvFormatException(string message, string pointer)
        : base($"PROV-O at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
