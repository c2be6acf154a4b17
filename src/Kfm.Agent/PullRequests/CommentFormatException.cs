using Kfm.Provenance;

namespace Kfm.Agent.PullRequests;

/// <summary>A text is not the comment of a pull request.</summary>
public sealed class CommentFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public CommentFormatException(string message, string pointer, Exception? innerException = null)
        : base($"comment: {message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
