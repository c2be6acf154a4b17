namespace Kfm.Provenance.Signing;

/// <summary>A text or a byte sequence is not a key of a supported kind and encoding.</summary>
public sealed class KeyFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public KeyFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
