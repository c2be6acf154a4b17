namespace Kfm.Provenance.Json;

/// <summary>Sorting of members. Not a quicksort: no choice of names makes this one slow.</summary>
internal ref partial struct CanonicalText
{
    private const int FewMembers = 24;

    // Sorted runs of few members are merged from the bottom up.
    private readonly void SortNames(ReadOnlySpan<TextMember> members, Span<int> order, Span<int> spare)
    {
        for (var start = 0; start < order.Length; start += FewMembers)
        {
            InsertionSort(members, order[start..Math.Min(start + FewMembers, order.Length)]);
        }

        for (var width = FewMembers; width < order.Length; width *= 2)
        {
            _cancellation.ThrowIfCancellationRequested();
            for (var start = 0; start + width < order.Length; start += 2 * width)
            {
                Merge(members, order[start..Math.Min(start + (2 * width), order.Length)], width, spare);
            }
        }
    }

    private readonly void InsertionSort(ReadOnlySpan<TextMember> members, Span<int> order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            var index = order[i];
            ref readonly var member = ref members[index];
            var hole = i;
            while (hole > 0 && Compare(members[order[hole - 1]], member) > 0)
            {
                order[hole] = order[hole - 1];
                hole--;
            }

            order[hole] = index;
        }
    }

    private readonly void Merge(ReadOnlySpan<TextMember> members, Span<int> order, int middle, Span<int> spare)
    {
        order[..middle].CopyTo(spare);
        var (left, right, to) = (0, middle, 0);
        while (left < middle)
        {
            order[to++] = right < order.Length && Compare(members[order[right]], members[spare[left]]) < 0 ? order[right++] : spare[left++];
        }
    }
}
