using Kfm.Provenance;

namespace Kfm.Agent.Intents;

/// <summary>An intent, or a file that should hold one, is not one.</summary>
public sealed class IntentFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong; empty for the document.</param>
    public IntentFormatException(string message, string pointer)
        : base($"{message} (at \"{pointer}\")") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of what is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
