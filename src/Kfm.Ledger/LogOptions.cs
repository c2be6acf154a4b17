using Kfm.Provenance.Signing;

namespace Kfm.Ledger;

/// <summary>Which log to open, and how.</summary>
public sealed record LogOptions
{
    /// <summary>The path of the database; missing directories are created for the owner only (mode 0700), the file with mode 0600.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The identity of the log, such as <c>example.com/team/log</c>: not empty, without spaces and plus signs. Null opens an existing log
    /// under the origin that it was created with.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The key that signs checkpoints. Null opens an existing log that cannot sign new ones.</summary>
    public SigningKey? Signer { get; init; }

    /// <summary>The clock; it dates the checkpoints in the store, nothing that is signed.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>How long to wait for another writer; whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
