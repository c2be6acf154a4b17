namespace Kfm.Ledger.Storage;

/// <summary>What the leaves of a log are.</summary>
public enum LogContent
{
    /// <summary>Typed entries: <see cref="Entries.LedgerEntry"/> in canonical JSON. They are found by kind, trace and subject.</summary>
    Entries,

    /// <summary>Bytes of the caller, of which the log knows nothing. They are found by index and by the hash of the leaf.</summary>
    Bytes,
}
