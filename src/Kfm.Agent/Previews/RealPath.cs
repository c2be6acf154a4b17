namespace Kfm.Agent.Previews;

/// <summary>Paths without links: a mount covers the place, not one of its names.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path with every link on it followed; what does not exist is kept as it is.</summary>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    private static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Resolve(parent, ref links), Path.GetFileName(path));
        return new FileInfo(here).LinkTarget is { } target && links++ < MostLinks
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref links)
            : here;
    }
}
