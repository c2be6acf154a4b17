using Kfm.Provenance.Signing;

namespace Kfm.Ledger;

/// <summary>How to work with a log, wherever it is kept.</summary>
public record LogSettings
{
    /// <summary>The key that signs checkpoints. Null opens an existing log that cannot sign new ones.</summary>
    public SigningKey? Signer { get; init; }

    /// <summary>The clock; it dates the checkpoints in the store, nothing that is signed. A clock that goes back changes nothing else.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>
    /// The file that keeps the newest published checkpoint outside of the store. A store that does not lead to it is refused. Null is
    /// the file <c>PATH.checkpoint</c> beside a database file, and no file for other stores. Best on another disk.
    /// </summary>
    public string? AnchorPath { get; init; }

    /// <summary>How many entries may wait to be written, at least 1; more are refused or wait themselves.</summary>
    public int MaxWaitingEntries { get; init; } = 65_536;

    /// <summary>How many bytes of entries may wait to be written, at least 1. A larger batch is taken when nothing else waits.</summary>
    public long MaxWaitingBytes { get; init; } = 64L * 1024 * 1024;
}
