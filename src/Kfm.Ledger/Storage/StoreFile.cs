namespace Kfm.Ledger.Storage;

/// <summary>Makes the file of a store and the folders above it, for the owner alone.</summary>
internal static class StoreFile
{
    /// <summary>Creates the file when it is not there.</summary>
    internal static void Create(string path)
    {
        // Opening and closing the file of a database drops the locks that other connections of this process hold on it (POSIX).
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                File.Open(path, FileMode.OpenOrCreate).Dispose();
                return;
            }

            if (!Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // SQLite gives its journal the mode of the database.
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{path}' cannot be opened: {e.Message}", e);
        }
    }
}
