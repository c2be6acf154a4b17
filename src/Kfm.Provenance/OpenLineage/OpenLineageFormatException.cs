using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.OpenLineage;

/// <summary>A text is not an OpenLineage event, or not one that Kfm writes.</summary>
public sealed class OpenLineageFormatException : KfmException, IPointed
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; in lines of JSON it starts with the number of the line from 0.</param>
    public OpenLineageFormatException(string message, string pointer)
        : base($"OpenLineage at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; in lines of JSON it starts with the number of the line from 0.</summary>
    public string Pointer { get; }
}
