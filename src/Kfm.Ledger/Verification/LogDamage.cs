namespace Kfm.Ledger.Verification;

/// <summary>What of a log is wrong.</summary>
public enum LogDamage
{
    /// <summary>The file cannot be read as a log at all, or SQLite finds it corrupt.</summary>
    Store,

    /// <summary>An entry is missing, changed, beyond the head, or cannot be read.</summary>
    Entry,

    /// <summary>The head does not fit the entries.</summary>
    Head,

    /// <summary>A tile is missing, superfluous, or does not fit the entries. It can be computed again.</summary>
    Tile,

    /// <summary>The index of idempotency keys does not fit the entries. It can be computed again.</summary>
    KeyIndex,

    /// <summary>The index by kind, trace and subject does not fit the entries. It can be computed again.</summary>
    LookupIndex,

    /// <summary>A checkpoint in the store does not fit the entries, or its signature is wrong.</summary>
    Checkpoint,

    /// <summary>The checkpoint beside the database or the caller's own does not fit the entries: history was changed or cut.</summary>
    Anchor,
}
