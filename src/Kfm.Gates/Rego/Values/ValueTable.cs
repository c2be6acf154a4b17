using System.Numerics;

namespace Kfm.Gates.Rego;

/// <summary>
/// The hash table of objects and sets: entries in the order in which they came, each a key and, with a stride of two, its value. Up to eight keys are
/// searched one after the other, beyond that through buckets with linear probing, which are made when a key is looked for first. Values that several threads share
/// may make them twice; each time they are complete before the table shows them.
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

    /// <summary>A copy of the size that it needs.</summary>
    internal readonly ValueTable Compact() => new(_stride, 0) { Count = Count, _entries = Entries.ToArray() };

    /// <summary>Takes all keys out and keeps the memory.</summary>
    internal void Reset()
    {
        Array.Clear(_entries, 0, Count * _stride);
        if (_buckets is not null)
        {
            Array.Clear(_buckets);
        }

        Count = 0;
    }

    /// <summary>The position of a key, or -1.</summary>
    internal int Find(RegoValue key)
    {
        var hash = key.GetHashCode();
        if (Count <= LinearCount)
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

        var buckets = _buckets ??= MakeBuckets();
        var mask = buckets.Length - 1;
        for (var bucket = Spread(hash, mask); ; bucket = (bucket + 1) & mask)
        {
            var at = buckets[bucket] - 1;
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
        if (_buckets is not null)
        {
            if (Count * 3L <= _buckets.Length * 2L)
            {
                Link(_buckets, key, Count);
            }
            else
            {
                _buckets = MakeBuckets();
            }
        }
    }

    private static int Spread(int hash, int mask) => (int)(((uint)hash * 0x9E3779B1u) >> 7) & mask;

    private readonly int[] MakeBuckets()
    {
        var buckets = new int[BitOperations.RoundUpToPowerOf2(((uint)Count * 3 / 2) + 1)];
        for (var i = 0; i < Count; i++)
        {
            Link(buckets, _entries[i * _stride], i + 1);
        }

        return buckets;
    }

    private static void Link(int[] buckets, RegoValue key, int position)
    {
        var mask = buckets.Length - 1;
        var bucket = Spread(key.GetHashCode(), mask);
        while (buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }

        buckets[bucket] = position;
    }
}
