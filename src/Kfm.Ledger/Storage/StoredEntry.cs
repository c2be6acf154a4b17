namespace Kfm.Ledger.Storage;

/// <summary>A row of the entries.</summary>
internal sealed record StoredEntry(long Index, byte[] Bytes);
