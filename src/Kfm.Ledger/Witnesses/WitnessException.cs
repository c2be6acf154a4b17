using Kfm.Provenance;

namespace Kfm.Ledger.Witnesses;

/// <summary>A witness cannot be reached, or does not speak the protocol.</summary>
public sealed class WitnessException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public WitnessException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
