using System.Buffers.Binary;
using Kfm.Ledger.Tiles;

namespace Kfm.Ledger.Storage;

/// <summary>The entries after the last full bundle, in the format of a bundle.</summary>
internal sealed class OpenBundle
{
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;

    /// <summary>All bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The number of entries.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of the bytes are in the table of the tail.</summary>
    internal int KeptBytes { get; private set; }

    /// <summary>How many of the entries are in the table of the tail.</summary>
    internal int KeptCount { get; private set; }

    /// <summary>Adds an entry.</summary>
    internal void Add(ReadOnlySpan<byte> entry)
    {
        var end = _length + 2 + entry.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
        }

        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_length), (ushort)entry.Length);
        entry.CopyTo(_bytes.AsSpan(_length + 2));
        _length = end;
        Count++;
    }

    /// <summary>Adds a row of the tail.</summary>
    internal void Restore(byte[] chunk)
    {
        foreach (var entry in EntryBundle.TryRead(chunk)
            ?? throw new LedgerException(LedgerFault.Damaged, "The entries of the tail cannot be read; run a check of the log."))
        {
            Add(entry.Span);
        }

        Keep();
    }

    /// <summary>All entries are in the table of the tail now.</summary>
    internal void Keep() => (KeptBytes, KeptCount) = (_length, Count);

    /// <summary>Begins the next bundle.</summary>
    internal void Clear() => (_length, Count, KeptBytes, KeptCount) = (0, 0, 0, 0);
}
