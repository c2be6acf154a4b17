namespace Kfm.Agent.Codegen.Commands;

/// <summary>A command-line agent left no proposal. The message holds nothing that the agent printed, because that may hold secrets or the prompt.</summary>
public sealed class CommandAgentException : CodegenModelException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why there is none, and what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public CommandAgentException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
