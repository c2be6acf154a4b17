namespace Kfm.Gates.Decisions;

/// <summary>A text is not context.json: not canonical, of another version or shape.</summary>
public sealed class ContextFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public ContextFormatException(string message, string pointer)
        : base($"context.json at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
