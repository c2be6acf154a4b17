using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Ledger.Witnesses;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger;

/// <content>What a server of the log publishes: tiles, bundles, checkpoints and their cosignatures.</content>
public sealed partial class TransparencyLog
{
    /// <summary>The bytes of a tile (C2SP tlog-tiles, merkle tree).</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="width">The number of hashes, 1 to 256.</param>
    /// <returns>32 bytes a hash; null when the log has not so many.</returns>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public byte[]? ReadTile(Tile tile, int width = Tile.Width)
    {
        CheckWidth(width);
        if (tile.Level is < 0 or > 7 || tile.Number > long.MaxValue)
        {
            return null;
        }

        var hashes = _store.Tile(tile);
        return hashes.Length >= width * MerkleHash.Size ? hashes[..(width * MerkleHash.Size)].ToArray() : null;
    }

    /// <summary>The bytes of a bundle of entries (C2SP tlog-tiles, log entries).</summary>
    /// <param name="number">The zero-based position of the bundle.</param>
    /// <param name="width">The number of entries, 1 to 256.</param>
    /// <returns>Each entry behind its length in two bytes, big-endian; null when the log has not so many, or they were pruned.</returns>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public byte[]? ReadEntryBundle(ulong number, int width = Tile.Width)
    {
        CheckWidth(width);
        if (number > long.MaxValue / Tile.Width)
        {
            return null;
        }

        try
        {
            var entries = _store.Entries((long)number * Tile.Width, width);
            return entries.Count == width ? EntryBundle.Write([.. entries.Select(e => e.Bytes)]) : null;
        }
        catch (LedgerException e) when (e.Fault == LedgerFault.Pruned)
        {
            return null;
        }
    }

    /// <summary>The checkpoints that the log signed, by ascending size.</summary>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<KeptCheckpoint> Checkpoints() => _store.Checkpoints();

    /// <summary>
    /// Signs the checkpoint of the present size and asks witnesses to cosign it. The cosigned note is kept in place of the one without.
    /// </summary>
    /// <param name="settings">Whom to ask, and what a quorum is.</param>
    /// <param name="cancellationToken">Stops waiting for the witnesses.</param>
    /// <returns>The cosigned checkpoint, and what each witness said that did not cosign.</returns>
    /// <exception cref="LedgerException">The store cannot be read or written, or is not consistent with an earlier checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The log was opened without a key, and no checkpoint of this size is kept.</exception>
    public async Task<CosignResult> CosignAsync(WitnessSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var note = _publisher.Publish(null);
        var size = (long)StoredCheckpoint.Parse(note, "The checkpoint in the store").Size;
        var collector = new CosignatureCollector(settings, known => ProveConsistency(known, size));
        var result = await collector.CollectAsync(note, size, cancellationToken).ConfigureAwait(false);
        if (result.Note is { } cosigned && cosigned.Length > note.Length)
        {
            _publisher.Replace(size, note, cosigned);
        }

        return result;
    }

    private static void CheckWidth(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Tile.Width);
    }
}
