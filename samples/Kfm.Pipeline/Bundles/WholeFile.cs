using System.Globalization;

namespace Kfm.Pipeline.Bundles;

/// <summary>
/// Adds a file to a bundle that stands in its place: all of it or nothing. It is written beside the bundle and not in it, because what a killed process
/// leaves would be a file, or an empty directory, that nothing in the bundle vouches for.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes the file, or replaces it, by one rename.</summary>
    /// <param name="root">The directory of the bundle.</param>
    /// <param name="path">The file below it; its directory may be missing.</param>
    /// <param name="content">The bytes.</param>
    public static void Write(string root, string path, ReadOnlySpan<byte> content)
    {
        var temporary = Directory.CreateDirectory(Name(root)).FullName;
        try
        {
            var whole = Path.Combine(temporary, Path.GetFileName(path));
            using (var stream = new FileStream(whole, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            Place(temporary, whole, path);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static void Place(string temporary, string whole, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder) && Directory.Exists(Path.GetDirectoryName(folder)))
        {
            try
            {
                Directory.Move(temporary, folder);
                return;
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                // Somebody else was first to make the directory.
            }
        }

        Directory.CreateDirectory(folder);
        File.Move(whole, path, overwrite: true);
    }

    private static string Name(string root) => Path.Combine(
        Path.GetDirectoryName(root) ?? root,
        string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(root)}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.add.tmp"));
}
