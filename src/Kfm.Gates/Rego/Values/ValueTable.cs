using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kfm.Gates.Rego;

/// <summary>
/// The hash table of objects and sets: entries in the order in which they came, each a key and, with a stride of two, its value. Up to eight keys are
/// searched one after the other, beyond that through buckets with linear probing.
/// </summary>
internal struct ValueTable
{
    private const int LinearCount = 8;

    private readonly int _stride;
    private RegoValue[] _entries;
    private int[]? _buckets;

    /// <summary>Creates a table.</summary>
    /// <param name="stride">1 for sets, 2 for objects.</param>
    /// <param name="capacity">How many keys to expect.</param>
    internal ValueTable(int stride, int capacity)
    {
        _stride = stride;
        _entries = capacity == 0 ? [] : new RegoValue[capacity * stride];
        if (capacity > LinearCount)
        {
            Rehash(capacity);
        }
    }

    internal int Count { get; private set; }

    /// <summary>Keys, or keys and values in turn.</summary>
    internal readonly ReadOnlySpan<RegoValue> Entries => _entries.AsSpan(0, Count * _stride);

    /// <summary>A copy with room for more keys.</summary>
    internal readonly ValueTable Copy(int more)
    {
        var copy = new ValueTable(_stride, Count + more);
        for (var i = 0; i < Count; i++)
        {
            var at = i * _stride;
            copy.Add(_entries[at], _entries[at + _stride - 1]);
        }

        return copy;
    }

    /// <summary>The position of a key, or -1.</summary>
    internal readonly int Find(RegoValue key)
    {
        var hash = key.GetHashCode();
        if (_buckets is null)
        {
            for (var i = 0; i < Count; i++)
            {
                var found = _entries[i * _stride];
                if (ReferenceEquals(found, key) || (found.GetHashCode() == hash && found.Equals(key)))
                {
                    return i;
                }
            }

            return -1;
        }

        var mask = _buckets.Length - 1;
        for (var bucket = Spread(hash, mask); ; bucket = (bucket + 1) & mask)
        {
            var at = _buckets[bucket] - 1;
            if (at < 0)
            {
                return -1;
            }

            var found = _entries[at * _stride];
            if (ReferenceEquals(found, key) || (found.GetHashCode() == hash && found.Equals(key)))
            {
                return at;
            }
        }
    }

    internal readonly RegoValue KeyAt(int position) => _entries[position * _stride];

    internal readonly RegoValue ValueAt(int position) => _entries[(position * _stride) + _stride - 1];

    /// <summary>Adds an element; false when it is there.</summary>
    internal bool TryAdd(RegoValue element)
    {
        if (Find(element) >= 0)
        {
            return false;
        }

        Add(element, element);
        return true;
    }

    /// <summary>Puts a member, in the place of one with the same key.</summary>
    internal void Put(RegoValue key, RegoValue value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _entries[(at * _stride) + 1] = value;
            return;
        }

        Add(key, value);
    }

    /// <summary>Adds a key that is not there yet.</summary>
    internal void Add(RegoValue key, RegoValue value)
    {
        var at = Count * _stride;
        if (at == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(2 * _stride, at * 2));
        }

        _entries[at] = key;
        _entries[at + _stride - 1] = value;
        Count++;
        if (_buckets is not null && Count * 2 <= _buckets.Length)
        {
            Link(key, Count);
        }
        else if (Count > LinearCount)
        {
            Rehash(Count);
        }
    }

    private static int Spread(int hash, int mask) => (int)(((uint)hash * 0x9E3779B1u) >> 7) & mask;

    private void Rehash(int count)
    {
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)count * 3)];
        for (var i = 0; i < Count; i++)
        {
            Link(_entries[i * _stride], i + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Link(RegoValue key, int position)
    {
        var mask = _buckets!.Length - 1;
        var bucket = Spread(key.GetHashCode(), mask);
        while (_buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }

        _buckets[bucket] = position;
    }
}
