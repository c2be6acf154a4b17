namespace Kfm.Provenance.Manifests;

/// <summary>
/// Files in trees that foreign code wrote. Links, named pipes, sockets and devices are refused before they are opened: opening a pipe that nobody
/// writes to never returns, and opening a device may act. What writes to the tree must have ended; a file that is exchanged between the look and the
/// opening is not noticed.
/// </summary>
public static class RegularFile
{
    /// <summary>Whether a regular file lies at a path; a link to one is none.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>False as well for what is not there or cannot be asked about.</returns>
    public static bool Exists(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        return file is { Exists: true, LinkTarget: null } && FileType.IsRegular(file);
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="RegularFileException">What lies there is no regular file, or nothing does.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream OpenRead(string path) => Exists(path)
        ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)
        : throw new RegularFileException(path, "is not a regular file");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="maxBytes">The largest size that is read, at most <see cref="Array.MaxLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or above <see cref="Array.MaxLength"/>.</exception>
    /// <exception cref="RegularFileException">What lies there is no regular file, is larger, or changed while it was read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static byte[] Read(string path, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBytes, Array.MaxLength);
        using var stream = OpenRead(path);
        if (stream.Length > maxBytes)
        {
            throw new RegularFileException(path, FormattableString.Invariant($"is larger than {maxBytes} bytes"));
        }

        var content = new byte[stream.Length];
        return stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && stream.ReadByte() < 0
            ? content
            : throw new RegularFileException(path, "changed while it was read");
    }
}
