namespace Kfm.Ledger.Lineage;

/// <summary>A list in blocks that are never moved: readers may hold references while one thread adds.</summary>
internal sealed class GrowingArray<T>
    where T : struct
{
    private const int BlockBits = 12;
    private T[][] _blocks = [];

    /// <summary>The number of items.</summary>
    internal int Count { get; private set; }

    /// <summary>An item that was added.</summary>
    internal ref T this[int index] => ref Volatile.Read(ref _blocks)[index >> BlockBits][index & ((1 << BlockBits) - 1)];

    internal void Add(T item)
    {
        if (Count >> BlockBits == _blocks.Length)
        {
            Volatile.Write(ref _blocks, [.. _blocks, new T[1 << BlockBits]]);
        }

        this[Count] = item;
        Count++;
    }
}
