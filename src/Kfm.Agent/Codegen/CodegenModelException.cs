using Kfm.Provenance;

namespace Kfm.Agent.Codegen;

/// <summary>A model gave no answer. The message holds neither the prompt nor what the other side sent.</summary>
public class CodegenModelException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why there is no answer, and what to do; without prompt text and secrets.</param>
    /// <param name="innerException">The cause, or null.</param>
    public CodegenModelException(string reason, Exception? innerException = null)
        : base(reason, innerException)
    {
    }
}
