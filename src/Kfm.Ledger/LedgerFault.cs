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

    /// <summary>The store could not be read or written: no space, no permission, an error of the device.</summary>
    Storage,

    /// <summary>The person's key was destroyed; nothing about them can be sealed any more.</summary>
    Erased,
}
