namespace Kfm.Provenance.Sbom;

/// <summary>A bill of materials, or a file that one is made from, is not what its format says.</summary>
public sealed class SbomFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="source">The file, as its format names it or as a path below the packages folder.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong; empty for the file.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public SbomFormatException(string message, string source, string pointer, Exception? innerException = null)
        : base($"{source} at \"{pointer}\": {message}", innerException)
    {
        File = source;
        Pointer = pointer;
    }

    /// <summary>The file, as its format names it or as a path below the packages folder.</summary>
    public string File { get; }

    /// <summary>The JSON pointer (RFC 6901) of what is wrong; empty for the file.</summary>
    public string Pointer { get; }
}
