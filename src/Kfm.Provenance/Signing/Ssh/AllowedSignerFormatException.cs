namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A text is not a line of an allowed signers file, or names what is not supported.</summary>
public sealed class AllowedSignerFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public AllowedSignerFormatException(string message, Exception? innerException = null)
        : base($"allowed signer: {message}.", innerException)
    {
    }
}
