using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Checkpoints;

/// <summary>
/// The second place of the newest published checkpoint: a file that holds the signed note. A store that was replaced by an older copy does not
/// lead to it, and is refused.
/// </summary>
internal sealed class CheckpointAnchor(string path)
{
    private const int MaxBytes = 1024 * 1024;

    internal string Path => path;

    /// <summary>The file of a log that is kept in a database file.</summary>
    internal static CheckpointAnchor Beside(string databasePath) => new(databasePath + ".checkpoint");

    internal string? Read()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            return file.Length <= MaxBytes
                ? File.ReadAllText(path)
                : throw new LedgerException(LedgerFault.Damaged, $"'{path}' is too large to be a checkpoint.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Refuses a store that does not lead to the published checkpoint. Read the note before the head of the store.</summary>
    /// <param name="note">What the file holds.</param>
    /// <param name="verifiers">The keys of the log.</param>
    /// <param name="store">The store.</param>
    /// <returns>The size that was published.</returns>
    internal long Check(string note, IReadOnlyCollection<NoteVerifier> verifiers, ILogStore store)
    {
        var published = StoredCheckpoint.Parse(note, $"'{path}'");
        if (SignedNote.Parse(note).Verify(verifiers).Reason is { } reason)
        {
            throw new LedgerException(LedgerFault.Damaged, $"'{path}' is not a checkpoint that this log signed: {reason} Restore the file, or remove it if you know why it changed.");
        }

        var head = store.Head();
        if (string.Equals(published.Origin, store.Identity.Origin, StringComparison.Ordinal)
            && published.Size <= (ulong)head.Size
            && new Tiles.TiledTree(store.Tile).Root(published.Size) == published.Root)
        {
            return (long)published.Size;
        }

        throw new LedgerException(
            LedgerFault.RolledBack,
            $"The store has {head.Size} entries, but '{path}' says that the log '{published.Origin}' published a checkpoint of "
            + $"{published.Size} that the store does not lead to. An older copy was restored, or the store was changed: restore the "
            + "newest copy. Appending here would fork the log.");
    }

    /// <summary>Replaces the file as a whole; the bytes are on the device before the new name counts.</summary>
    internal void Write(string note)
    {
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(note));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{path}' cannot be written: {e.Message}", e);
        }
    }
}
