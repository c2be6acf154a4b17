using Microsoft.Win32.SafeHandles;

namespace Kfm.Provenance.Packaging;

/// <summary>Files of this process alone that go when they are closed.</summary>
internal static class TemporaryFile
{
    /// <exception cref="IOException">No file can be made in the folder for temporary files.</exception>
    public static SafeFileHandle Create() =>
        File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
}
