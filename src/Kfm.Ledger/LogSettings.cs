using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger;

/// <summary>How to work with a log, wherever it is kept.</summary>
public record LogSettings
{
    /// <summary>The key that signs checkpoints. Null opens an existing log that cannot sign new ones.</summary>
    public SigningKey? Signer { get; init; }

    /// <summary>
    /// Further keys that sign checkpoints beside <see cref="Signer"/>: of another kind (a public log carries an Ed25519 signature, C2SP tlog-tiles), or the
    /// old key and the new one while one succeeds the other. Readers that know one of the keys verify the note.
    /// </summary>
    public IReadOnlyList<SigningKey> FurtherSigners { get; init; } = [];

    /// <summary>
    /// The keys that the log has had, for a log whose first key was succeeded. Each checkpoint is signed by those of the given keys whose span covers
    /// its size. Null for a log that still has the key that it was created with.
    /// </summary>
    public LogKeyRing? KeyRing { get; init; }

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
