using Kfm.Provenance;

namespace Kfm.Gates.Overrides;

/// <summary>Words that should say what to override name nothing.</summary>
public sealed class OverrideScopeException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public OverrideScopeException(string message)
        : base(message)
    {
    }
}
