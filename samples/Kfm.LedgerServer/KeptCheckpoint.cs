namespace Kfm.LedgerServer;

/// <summary>A signed checkpoint that the log keeps.</summary>
/// <param name="Size">The size of the tree.</param>
/// <param name="Time">When it was signed, in UTC; for showing.</param>
internal sealed record KeptCheckpoint(long Size, string Time);
