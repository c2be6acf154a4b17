using System.Runtime.InteropServices;
using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>Tells regular files from pipes, sockets and devices, for which .NET has no words.</summary>
internal static class FileType
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ResultBytes = 256;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether something that exists and is no folder and no link is a file of bytes.</summary>
    public static bool IsRegular(FileInfo file)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (OperatingSystem.IsLinux())
        {
            try
            {
                return IsRegularByStatus(file.FullName);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // A C library without statx: glibc before 2.28, musl before 1.2.
            }
        }

        // What is not a file of bytes has no length of its own.
        return file.Length > 0 || IsRegularByOpening(file.FullName);
    }

    // The layout of struct statx is the same on every architecture, unlike that of struct stat.
    private static bool IsRegularByStatus(string path)
    {
        var result = new byte[ResultBytes];
        return Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), NoFollow, TypeOnly, result) == 0
            && (MemoryMarshal.Read<ushort>(result.AsSpan(ModeAt)) & TypeMask) == Regular;
    }

    private static bool IsRegularByOpening(string path)
    {
        try
        {
            // For reading alone a pipe opens only when somebody writes to it.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] result);
}
