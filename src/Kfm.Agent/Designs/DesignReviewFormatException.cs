using Kfm.Provenance;

namespace Kfm.Agent.Designs;

/// <summary>A payload is not a design review.</summary>
public sealed class DesignReviewFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public DesignReviewFormatException(string message, string pointer, Exception? innerException = null)
        : base($"design review: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
