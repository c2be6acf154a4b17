namespace Kfm.Ledger;

/// <summary>Why the log could not do what it was asked to do.</summary>
public enum LedgerFault
{
    /// <summary>Another writer held the log for longer than the caller is willing to wait.</summary>
    Busy,

    /// <summary>The file is not a log of a supported format version.</summary>
    NotALog,

    /// <summary>The log has another origin or another key than the caller gave.</summary>
    OtherLog,

    /// <summary>The idempotency key is taken by an entry with other content.</summary>
    KeyConflict,

    /// <summary>The store is older than, or inconsistent with, a checkpoint that the log published.</summary>
    RolledBack,

    /// <summary>The store contradicts itself.</summary>
    Damaged,

    /// <summary>
    /// The store could not be read or written: no permission, an error of the device. The log is not written any more until it is opened
    /// again. Whether the entries of the call are in the log is not known; append them again, an idempotent log gives them their old index.
    /// </summary>
    Storage,

    /// <summary>The person's key was destroyed; nothing about them can be sealed any more.</summary>
    Erased,

    /// <summary>There is no space left for the store; nothing was appended. Make room and append again.</summary>
    NoSpace,

    /// <summary>Another process was elected to write the log; nothing was appended.</summary>
    Fenced,

    /// <summary>The entry was pruned: its leaf hash is kept, its bytes are not.</summary>
    Pruned,

    /// <summary>The log was closed before the entry was written; nothing was appended.</summary>
    Closed,
}
