namespace Kfm.Ledger.Storage;

/// <summary>A checkpoint that the log signed and keeps for ever.</summary>
/// <param name="Size">The size of the tree.</param>
/// <param name="Recorded">When it was signed, by the clock of the signing process; nothing vouches for it.</param>
/// <param name="Note">The signed note, with the cosignatures that were gathered.</param>
public sealed record KeptCheckpoint(long Size, DateTimeOffset Recorded, string Note);
