namespace Kfm.Provenance.Signing;

/// <summary>A text is not a DSSE envelope, or is beyond a limit of the reader.</summary>
public sealed class DsseFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value that is wrong; empty for the envelope.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public DsseFormatException(string message, string pointer, Exception? innerException = null)
        : base($"{message} (at \"{pointer}\")", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the envelope.</summary>
    public string Pointer { get; }
}
