namespace Kfm.Ledger.Storage;

/// <summary>Tells what a result code of SQLite means for a log.</summary>
internal static class StoreError
{
    private const int SqlError = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int Mismatch = 20;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    // SQLITE_IOERR_SHMSIZE: the file that readers and writers share cannot grow, which is how a full disk shows when a log is opened.
    private const int SharedMemorySize = 4874;

    internal static LedgerException Of(int code, string message, Exception? inner = null) => (code == SharedMemorySize ? Full : code & 0xff) switch
    {
        Busy or Locked => new LedgerException(LedgerFault.Busy, "Another process is writing the log; try again.", inner),
        NotADatabase => new LedgerException(LedgerFault.NotALog, "The file is not a SQLite database, so it is not a log.", inner),
        SqlError or Corrupt or Constraint or Mismatch => new LedgerException(LedgerFault.Damaged, "The store is damaged: " + message, inner),
        Full => new LedgerException(LedgerFault.NoSpace, "There is no space left for the store: " + message, inner),
        _ => new LedgerException(LedgerFault.Storage, "The store cannot be read or written: " + message, inner),
    };
}
