using Kfm.Provenance;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>A text is no summary, or what it should be made from does not fit together.</summary>
public sealed class FocusFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public FocusFormatException(string message, string pointer)
        : base($"focus: {message} (at \"{pointer}\")") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
