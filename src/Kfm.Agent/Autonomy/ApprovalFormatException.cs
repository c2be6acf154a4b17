using Kfm.Provenance;

namespace Kfm.Agent.Autonomy;

/// <summary>A payload is not an approval statement.</summary>
public sealed class ApprovalFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public ApprovalFormatException(string message, string pointer, Exception? innerException = null)
        : base($"approval: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
