namespace Kfm.Ledger.Verification;

/// <summary>How much of a log is computed again. Each level includes those before it.</summary>
public enum CheckLevel
{
    /// <summary>The head and the newest checkpoints against the tiles: milliseconds, whatever the size.</summary>
    Head,

    /// <summary>All tiles against one another, from the leaf hashes up.</summary>
    Tiles,

    /// <summary>All entries against the tiles, and the file as SQLite sees it.</summary>
    Entries,

    /// <summary>All indexes against the entries.</summary>
    Indexes,

    /// <summary>All checkpoints that were ever signed against the entries.</summary>
    History,
}
