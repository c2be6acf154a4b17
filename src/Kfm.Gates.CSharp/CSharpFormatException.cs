namespace Kfm.Gates.CSharp;

/// <summary>A file is beyond what is read as C#: not UTF-8, too large, or nested too deeply.</summary>
public sealed class CSharpFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What the parser said, or null.</param>
    public CSharpFormatException(string path, string message, Exception? inner = null)
        : base($"{path}: {message}", inner) => File = path;

    /// <summary>The path of the file.</summary>
    public string File { get; }
}
