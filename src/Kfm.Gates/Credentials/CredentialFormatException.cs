namespace Kfm.Gates.Credentials;

/// <summary>A file is no inventory of credentials.</summary>
public sealed class CredentialFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public CredentialFormatException(string message, string pointer)
        : base($"the inventory of credentials at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
