namespace Kfm.Ledger.Checkpoints;

/// <summary>
/// The second place of the last published checkpoint: a file beside the database. A database that was replaced by an older copy does
/// not reach it, and is refused.
/// </summary>
internal sealed class CheckpointAnchor(string databasePath)
{
    private const int MaxBytes = 1024 * 1024;
    private readonly string _path = databasePath + ".checkpoint";

    internal string Path => _path;

    internal string? Read()
    {
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists)
            {
                return null;
            }

            return file.Length <= MaxBytes
                ? File.ReadAllText(_path)
                : throw new LedgerException(LedgerFault.Damaged, $"'{_path}' is too large to be a checkpoint.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{_path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Replaces the file as a whole; the bytes are on the device before the new name counts.</summary>
    internal void Write(string note)
    {
        var temporary = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(note));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{_path}' cannot be written: {e.Message}", e);
        }
    }
}
