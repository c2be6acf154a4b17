namespace Kfm.Gates.Rego.Evaluate;

/// <summary>What functions gave for their arguments.</summary>
internal sealed class CallCache
{
    /// <summary>A full cache starts anew: it saves time and must not cost memory without end.</summary>
    private const int MaxCount = 1 << 16;

    private Entry[] _entries = new Entry[32];
    private int _count;

    internal int Capacity => _entries.Length;

    internal static int Hash(FunctionDocument function, ReadOnlySpan<RegoValue> arguments)
    {
        var hash = (uint)function.Index;
        foreach (var argument in arguments)
        {
            hash = (hash * 0x9E3779B1u) + (uint)argument.GetHashCode();
        }

        return (int)(hash ^ (hash >> 15));
    }

    internal bool TryGet(int hash, FunctionDocument function, ReadOnlySpan<RegoValue> arguments, out RegoValue? value)
    {
        var mask = _entries.Length - 1;
        for (var at = hash & mask; _entries[at].Function is not null; at = (at + 1) & mask)
        {
            ref var entry = ref _entries[at];
            if (entry.Hash == hash && ReferenceEquals(entry.Function, function) && Same(entry.Arguments, arguments))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Adds what is not there yet.</summary>
    internal void Add(int hash, FunctionDocument function, ReadOnlySpan<RegoValue> arguments, RegoValue? value)
    {
        if (_count == MaxCount)
        {
            Clear();
        }

        if (++_count * 2 > _entries.Length)
        {
            var old = _entries;
            _entries = new Entry[old.Length * 2];
            foreach (var entry in old)
            {
                if (entry.Function is not null)
                {
                    Put(entry);
                }
            }
        }

        Put(new Entry { Hash = hash, Function = function, Arguments = arguments.ToArray(), Value = value });
    }

    internal void Clear()
    {
        if (_count > 0)
        {
            Array.Clear(_entries);
            _count = 0;
        }
    }

    private static bool Same(RegoValue[] left, ReadOnlySpan<RegoValue> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].Equals(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Put(in Entry entry)
    {
        var mask = _entries.Length - 1;
        var at = entry.Hash & mask;
        while (_entries[at].Function is not null)
        {
            at = (at + 1) & mask;
        }

        _entries[at] = entry;
    }

    private struct Entry
    {
        internal int Hash;
        internal FunctionDocument? Function;
        internal RegoValue[] Arguments;
        internal RegoValue? Value;
    }
}
