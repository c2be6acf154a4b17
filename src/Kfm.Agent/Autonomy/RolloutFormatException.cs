using Kfm.Provenance;

namespace Kfm.Agent.Autonomy;

/// <summary>A file is not a rollout plan.</summary>
public sealed class RolloutFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public RolloutFormatException(string message, string pointer)
        : base($"rollout: {message} (at \"{pointer}\")") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
