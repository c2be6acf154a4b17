using System.Runtime.InteropServices;

namespace Kfm.Pipeline.Bundles;

/// <summary>Lets two directories change places in one step, so that at no time one of the names is missing (renameat2 of Linux, RENAME_EXCHANGE).</summary>
internal static partial class DirectoryExchange
{
    private const int CurrentDirectory = -100;
    private const uint Exchange = 2;

    /// <summary>Changes the places; false where the system or the file system cannot, and then nothing has changed.</summary>
    public static bool TrySwap(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() && RenameAt2(CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);
}
