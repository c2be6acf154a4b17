using Kfm.Provenance;

namespace Kfm.Ledger;

/// <summary>The log could not do what it was asked to do. Nothing of the call was recorded.</summary>
public sealed class LedgerException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">The class of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public LedgerException(LedgerFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The class of the failure.</summary>
    public LedgerFault Fault { get; }
}
