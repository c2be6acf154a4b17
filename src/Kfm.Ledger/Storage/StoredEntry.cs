namespace Kfm.Ledger.Storage;

/// <summary>A leaf as the store has it.</summary>
/// <param name="Index">The zero-based index.</param>
/// <param name="Bytes">The bytes of the leaf.</param>
public readonly record struct StoredEntry(long Index, ReadOnlyMemory<byte> Bytes);
