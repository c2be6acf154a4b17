using Kfm.Provenance;

namespace Kfm.Agent.Autonomy;

/// <summary>A payload is not a statement of a halt or of its end.</summary>
public sealed class HaltFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public HaltFormatException(string message, string pointer, Exception? innerException = null)
        : base($"halt: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
