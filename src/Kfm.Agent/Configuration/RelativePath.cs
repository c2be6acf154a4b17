namespace Kfm.Agent.Configuration;

/// <summary>The paths that a configuration may name: below the root of the tree, wherever that lies.</summary>
internal static class RelativePath
{
    private const int Longest = 1024;

    /// <summary>Whether a text is a relative path with forward slashes that cannot leave its root.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= Longest
        && !path.Any(c => c is '\\' or ':' || char.IsControl(c))
        && path.Split('/').All(segment => segment is not ("" or "." or ".."));
}
