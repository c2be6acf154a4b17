using System.Buffers;
using System.Buffers.Binary;

namespace Kfm.Provenance.Json;

/// <summary>The members of objects and their order, RFC 8785 section 3.2.3.</summary>
internal ref partial struct CanonicalText
{
    // Returns the offset of the value.
    private int Name(int at, string expected)
    {
        if (at >= _source.Length || _source[at] != '"')
        {
            throw Unexpected(at, expected);
        }

        var end = StringEnd(at + 1, out var escaped);
        if (_memberCount == _members.Length)
        {
            Grow(ref _members, _memberCount, _memberCount + 1);
        }

        ref var member = ref _members[_memberCount];
        member.Start = at;
        member.Tail = _tail;
        member.Run = _run;
        member.NameStart = at + 1;
        member.NameLength = end - at - 1;
        if (escaped)
        {
            RewriteName(at, end, ref member);
        }

        member.Prefix = Prefix(member);
        _memberCount++;
        Order();
        at = Space(end + 1);
        return at < _source.Length && _source[at] == ':' ? Space(at + 1) : throw Unexpected(at, "':'");
    }

    private void RewriteName(int at, int end, ref TextMember member)
    {
        var body = _source[(at + 1)..end];
        var side = ReserveSide((2 * body.Length) + 2);
        var length = JsonText.Unescape(body, side, out var bad);
        if (length < 0)
        {
            throw LoneSurrogateInName(at + 1 + bad);
        }

        member.NameStart = _sideLength;
        member.NameLength = ~length;
        _sideLength += length;
        side = side[length..];
        Replace(at, end + 1, side[..JsonText.Quote(body, side, out _)]);
    }

    // A member that comes after the one before it needs no sorting.
    private readonly void Order()
    {
        ref var frame = ref _frames[_depth - 1];
        var last = _memberCount - 1;
        if (last == frame.Members || frame.Unsorted)
        {
            return;
        }

        var order = Compare(_members[last], _members[last - 1]);
        frame.Unsorted = order < 0;
        if (order == 0)
        {
            throw Duplicate(_members[last]);
        }
    }

    private readonly void EndMember(int at)
    {
        ref var member = ref _members[_memberCount - 1];
        member.End = at;
        member.EndTail = _tail;
        member.EndRun = _run;
    }

    private void Close(ref TextFrame frame, int bracket)
    {
        if (frame.Unsorted)
        {
            Sort(_members.AsSpan(frame.Members, _memberCount - frame.Members), bracket);
        }

        _memberCount = frame.Members;
    }

    private void Sort(Span<TextMember> members, int bracket)
    {
        FindPieces(members);
        _tail = members[0].Tail;
        _run = members[0].Run;
        EndRun(members[0].Start);
        var rented = ArrayPool<int>.Shared.Rent(2 * members.Length);
        try
        {
            var order = rented.AsSpan(0, members.Length);
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            SortNames(members, order, rented.AsSpan(order.Length, order.Length));
            Link(members, order);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        _run = bracket;
    }

    // Where the pieces of each member begin: the first one began before the name, with what belongs to others.
    private readonly void FindPieces(Span<TextMember> members)
    {
        foreach (ref var member in members)
        {
            if (member.Tail == member.EndTail)
            {
                continue;
            }

            member.First = _slices[member.Tail].Next;
            ref var first = ref _slices[member.First];
            if (member.Run < member.Start)
            {
                first.Length -= member.Start - first.Start;
                first.Start = member.Start;
            }
        }
    }

    private void Link(ReadOnlySpan<TextMember> members, ReadOnlySpan<int> order)
    {
        var before = -1;
        foreach (var index in order)
        {
            ref readonly var member = ref members[index];
            if (before >= 0 && Compare(members[before], member) == 0)
            {
                throw Duplicate(members[Math.Max(before, index)]);
            }

            var comma = before >= 0;
            if (member.Tail != member.EndTail)
            {
                _slices[member.First].Comma = comma;
                _slices[_tail].Next = member.First;
                _tail = member.EndTail;
                _slices[_tail].Next = 0;
                _run = member.EndRun;
                EndRun(member.End);
            }
            else if (comma && IsNeighbour(members[before], member))
            {
                _slices[_tail].Length += 1 + member.End - member.Start;
            }
            else
            {
                AddSlice(new TextSlice { Start = member.Start, Length = member.End - member.Start, Comma = comma });
            }

            before = index;
        }
    }

    // Both are whole in the source, and between them stands the comma alone.
    private static bool IsNeighbour(in TextMember left, in TextMember right) => left.Tail == left.EndTail && left.End + 1 == right.Start;

    private readonly int Compare(in TextMember left, in TextMember right) => left.Prefix == right.Prefix
        ? Utf16Order.Compare(NameText(left), NameText(right))
        : left.Prefix.CompareTo(right.Prefix);

    private readonly ulong Prefix(in TextMember member)
    {
        var length = member.NameLength;
        if (length >= 0 && _source.Length - member.NameStart >= 8)
        {
            var bytes = BinaryPrimitives.ReadUInt64BigEndian(_source[member.NameStart..]);
            return Utf16Order.Map(length >= 8 ? bytes : bytes & ~(ulong.MaxValue >> (8 * length)));
        }

        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        var text = NameText(member);
        text[..Math.Min(8, text.Length)].CopyTo(padded);
        return Utf16Order.Map(BinaryPrimitives.ReadUInt64BigEndian(padded));
    }

    private readonly ReadOnlySpan<byte> NameText(in TextMember member) => member.NameLength >= 0
        ? _source.Slice(member.NameStart, member.NameLength)
        : _side.AsSpan(member.NameStart, ~member.NameLength);
}
