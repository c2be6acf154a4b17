using Kfm.Provenance;

namespace Kfm.Agent.Codegen;

/// <summary>A file is not a replay file.</summary>
public sealed class ReplayFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong; empty for the document.</param>
    public ReplayFormatException(string message, string pointer)
        : base($"{message} (at \"{pointer}\" of the replay file)") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of what is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
