using System.Text;

namespace Kfm.Testing;

/// <summary>A new empty folder that is deleted with what it holds.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("kfm-").FullName;

    /// <summary>The absolute path of something in the folder; nothing is created.</summary>
    /// <param name="relative">The path below the folder, with <c>/</c>.</param>
    public string Combine(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a text file in UTF-8 without a byte order mark, and the folders above it.</summary>
    /// <param name="relative">The path below the folder, with <c>/</c>.</param>
    /// <param name="text">The content.</param>
    /// <returns>The absolute path of the file.</returns>
    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file and the folders above it.</summary>
    /// <param name="relative">The path below the folder, with <c>/</c>.</param>
    /// <param name="content">The content.</param>
    /// <returns>The absolute path of the file.</returns>
    public string Write(string relative, ReadOnlySpan<byte> content)
    {
        var path = Combine(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
