using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kfm.Provenance.Json;

/// <summary>The order of members: RFC 8785 section 3.2.3.</summary>
internal ref partial struct CanonicalTape
{
    private const int FewMembers = 24;

    /// <summary>A name with the first eight bytes of its text, mapped so that they compare as numbers.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Member
    {
        public ulong Prefix;
        public int Name;
    }

    private readonly void Chain(int name)
    {
        ref var container = ref _entries[_open];
        var before = container.Link;
        container.Link = name;
        if (before == 0)
        {
            return;
        }

        _entries[before].Link = name;
        var order = container.Unsorted ? 1 : Utf16Order.Compare(NameText(name), NameText(before));
        if (order == 0)
        {
            throw Duplicate(name);
        }

        container.Unsorted |= order < 0;
    }

    private readonly void SortMembers(int index)
    {
        var count = 0;
        for (var name = index + 1; name < _count; name = After(name + 1))
        {
            count++;
        }

        if (count <= FewMembers)
        {
            Span<Member> few = stackalloc Member[FewMembers];
            Collect(index, few);
            InsertionSort(few[..count]);
            Link(index, few[..count]);
            return;
        }

        var rented = ArrayPool<Member>.Shared.Rent(2 * count);
        try
        {
            var members = rented.AsSpan(0, count);
            Collect(index, members);
            MergeSort(members, rented.AsSpan(count, count));
            Link(index, members);
        }
        finally
        {
            ArrayPool<Member>.Shared.Return(rented);
        }
    }

    private readonly void Collect(int index, Span<Member> members)
    {
        var i = 0;
        for (var name = index + 1; name < _count; name = After(name + 1))
        {
            members[i++] = new Member { Name = name, Prefix = Prefix(NameText(name)) };
        }
    }

    private readonly void Link(int index, ReadOnlySpan<Member> sorted)
    {
        _entries[index].Link = sorted[0].Name;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (Compare(sorted[i - 1], sorted[i]) == 0)
            {
                throw Duplicate(Math.Max(sorted[i - 1].Name, sorted[i].Name));
            }

            _entries[sorted[i - 1].Name].Link = sorted[i].Name;
        }

        _entries[sorted[^1].Name].Link = 0;
    }

    private readonly void InsertionSort(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var hole = i;
            while (hole > 0 && Compare(members[hole - 1], member) > 0)
            {
                members[hole] = members[hole - 1];
                hole--;
            }

            members[hole] = member;
        }
    }

    // Not a quicksort: no choice of names makes this one slow.
    private readonly void MergeSort(Span<Member> members, Span<Member> spare)
    {
        if (members.Length <= FewMembers)
        {
            InsertionSort(members);
            return;
        }

        var middle = members.Length / 2;
        MergeSort(members[..middle], spare[..middle]);
        MergeSort(members[middle..], spare[middle..]);
        members[..middle].CopyTo(spare);
        var (left, right, to) = (0, middle, 0);
        while (left < middle)
        {
            members[to++] = right < members.Length && Compare(members[right], spare[left]) < 0 ? members[right++] : spare[left++];
        }
    }

    private readonly int Compare(in Member left, in Member right) => left.Prefix == right.Prefix
        ? Utf16Order.Compare(NameText(left.Name), NameText(right.Name))
        : left.Prefix.CompareTo(right.Prefix);

    private static ulong Prefix(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 8)
        {
            return Utf16Order.Map(BinaryPrimitives.ReadUInt64BigEndian(text));
        }

        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        text.CopyTo(padded);
        return Utf16Order.Map(BinaryPrimitives.ReadUInt64BigEndian(padded));
    }

    private readonly ReadOnlySpan<byte> NameText(int name)
    {
        ref readonly var entry = ref _entries[name];
        return entry.Kind == TapeKind.Name
            ? _source.Slice(entry.Start + 1, entry.Length - 2)
            : _side.AsSpan(entry.Start + NameHeader, EscapedTextLength(entry));
    }

    private readonly int EscapedTextLength(in TapeEntry entry) => BinaryPrimitives.ReadInt32LittleEndian(_side.AsSpan(entry.Start + 4));

    // The entry after a value and all that it holds.
    private readonly int After(int value) => _entries[value].Kind is TapeKind.Array or TapeKind.Object ? _entries[value].Length : value + 1;
}
