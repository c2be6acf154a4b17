using Kfm.Provenance;

namespace Kfm.Ledger.Entries;

/// <summary>Bytes are not a ledger entry.</summary>
public sealed class LedgerEntryFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value that is wrong; empty for the entry.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public LedgerEntryFormatException(string message, string pointer, Exception? innerException = null)
        : base($"{message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the entry.</summary>
    public string Pointer { get; }
}
