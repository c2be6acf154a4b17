namespace Kfm.Gates.Decisions;

/// <summary>A text is not decision.json: not canonical, of another version or shape, or it contradicts itself.</summary>
public sealed class DecisionFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public DecisionFormatException(string message, string pointer)
        : base($"decision.json at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
