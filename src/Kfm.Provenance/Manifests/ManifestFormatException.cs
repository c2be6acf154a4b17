namespace Kfm.Provenance.Manifests;

/// <summary>A text is not an artifact manifest.</summary>
public sealed class ManifestFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong; empty for the document.</param>
    public ManifestFormatException(string message, string pointer)
        : base($"The manifest is not valid at \"{pointer}\": {message}") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of what is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
