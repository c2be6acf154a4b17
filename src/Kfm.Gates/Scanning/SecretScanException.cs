namespace Kfm.Gates.Scanning;

/// <summary>A text cannot be scanned, so that nothing is known about it: a gate that needs the scan denies.</summary>
public sealed class SecretScanException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public SecretScanException(string message)
        : base(message)
    {
    }
}
