namespace Kfm.Provenance.Manifests;

/// <summary>A path is not a plain path below a root (<see cref="RelativePath"/>).</summary>
public sealed class RelativePathException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path; control characters in it are not quoted.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence.</param>
    public RelativePathException(string path, string reason)
        : base($"'{Quoted(path)}' is not a path below the root: {reason}.") => Path = path;

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    private static string Quoted(string path) => string.Concat((path.Length > 200 ? path[..200] + "…" : path).Select(c => char.IsControl(c) ? '?' : c));
}
