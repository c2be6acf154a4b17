using Kfm.Provenance;

namespace Kfm.Gates.Overrides;

/// <summary>A payload is not an override statement.</summary>
public sealed class OverrideFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public OverrideFormatException(string message, string pointer, Exception? innerException = null)
        : base($"override: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
