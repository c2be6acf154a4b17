namespace Kfm.Provenance.Manifests;

/// <summary>Something in a tree is not a regular file, or is too large to be read (<see cref="RegularFile"/>).</summary>
public sealed class RegularFileException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence that begins with its name.</param>
    public RegularFileException(string path, string reason)
        : base($"'{path}' {reason}.") => (Path, Reason) = (path, reason);

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the path: the same words on every machine.</summary>
    public string Reason { get; }
}
