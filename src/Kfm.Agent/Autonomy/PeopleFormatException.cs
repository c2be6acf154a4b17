using Kfm.Provenance;

namespace Kfm.Agent.Autonomy;

/// <summary>A people file breaks its format.</summary>
public sealed class PeopleFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public PeopleFormatException(string message, string pointer, Exception? innerException = null)
        : base($"people file: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
