using System.Diagnostics;

namespace Kfm.Ledger.Storage;

/// <summary>
/// The right to write a log: a lock of the operating system on a file beside the database, gone with the process that holds it.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int RetryMilliseconds = 20;
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting for another holder.</summary>
    internal static WriterLock Take(string databasePath, TimeSpan patience)
    {
        var path = databasePath + ".lock";
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new WriterLock(Open(path));
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                if (Stopwatch.GetElapsedTime(start) >= patience)
                {
                    throw new LedgerException(
                        LedgerFault.Busy,
                        $"Another process, or another part of this one, has '{databasePath}' open for writing (it holds '{path}'). One writer at a time: "
                        + "close the other, append through it, or open without a key to read.",
                        e);
                }

                Thread.Sleep(RetryMilliseconds);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new LedgerException(LedgerFault.Storage, $"'{path}' cannot be opened: {e.Message}", e);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
