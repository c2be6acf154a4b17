namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A text or a byte sequence is not a signature of SSH of a supported kind.</summary>
public sealed class SshSignatureFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public SshSignatureFormatException(string message, Exception? innerException = null)
        : base($"SSH signature: {message}.", innerException)
    {
    }
}
