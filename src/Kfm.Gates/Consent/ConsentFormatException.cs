namespace Kfm.Gates.Consent;

/// <summary>A file is no consent envelope.</summary>
public sealed class ConsentFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    public ConsentFormatException(string file, string message, string pointer)
        : base($"{file} at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
