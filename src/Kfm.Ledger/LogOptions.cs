using Kfm.Ledger.Storage;

namespace Kfm.Ledger;

/// <summary>Which log in a SQLite file to open, and how.</summary>
public sealed record LogOptions : LogSettings
{
    /// <summary>The path of the database; missing directories are created for the owner only (mode 0700), the file with mode 0600.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The identity of the log, such as <c>example.com/team/log</c>: not empty, without spaces and plus signs. Null opens an existing log
    /// under the origin that it was created with.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>How long to wait for another writer; whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the leaves of a new log are; an existing one keeps what it was created with.</summary>
    public LogContent Content { get; init; }

    /// <summary>Whether a new log finds entries again by their key; an existing one keeps what it was created with.</summary>
    public bool IsIdempotent { get; init; } = true;
}
