namespace Kfm.Gates.Architecture;

/// <summary>A file is no .NET assembly that can be read: not a PE image with metadata, damaged, or beyond a limit.</summary>
public sealed class AssemblyFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What the reader of metadata said, or null.</param>
    public AssemblyFormatException(string name, string message, Exception? inner = null)
        : base($"{name}: {message}", inner) => File = name;

    /// <summary>The name of the file.</summary>
    public string File { get; }
}
