namespace Kfm.Testing;

/// <summary>The folder that holds Kfm.sln, found by walking up from the test assembly.</summary>
public static class RepositoryRoot
{
    /// <summary>The absolute path of the folder.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The absolute path of a file or folder of the repository.</summary>
    /// <param name="parts">The path below the root, a part each.</param>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string start)
    {
        for (var folder = start; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "Kfm.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No folder above '{start}' holds Kfm.sln.");
    }
}
