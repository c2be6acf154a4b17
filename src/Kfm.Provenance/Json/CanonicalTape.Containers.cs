namespace Kfm.Provenance.Json;

/// <summary>Arrays and objects, and what stands between their items.</summary>
internal ref partial struct CanonicalTape
{
    private void Open(int start, TapeKind kind)
    {
        StepToValue(start);
        Push(kind, start, _open);
        _open = _count - 1;
        _end = start + 1;
        _length += 2;
    }

    private void Close(int bracket)
    {
        var index = _open;
        ref var container = ref _entries[index];
        var parent = container.Length;
        var rewritten = container.Rewritten || container.Unsorted || bracket != _end;
        if (container.Unsorted)
        {
            SortMembers(index);
        }
        else if (container.Kind == TapeKind.Object)
        {
            container.Link = container.HasItems ? index + 1 : 0;
        }

        _open = parent;
        _end = bracket + 1;
        if (rewritten)
        {
            container.Length = _count;
            MarkRewritten();
        }
        else
        {
            container.Kind = TapeKind.Raw;
            container.Length = _end - container.Start;
            _count = index + 1;
        }
    }

    // A value stands at the top, after a name, or as an item of an array.
    private void StepToValue(int start)
    {
        if (_open == NoContainer)
        {
            return;
        }

        if (_entries[_open].Kind == TapeKind.Array)
        {
            StepToItem(start);
        }
        else if (start != _end)
        {
            _entries[_open].Rewritten = true;
        }
    }

    // Between two items stands one comma; anything more is white space, which the canonical form has not.
    private void StepToItem(int start)
    {
        ref var container = ref _entries[_open];
        var comma = container.HasItems ? 1 : 0;
        container.HasItems = true;
        container.Rewritten |= start != _end + comma;
        _length += comma;
    }

    private readonly void MarkRewritten()
    {
        if (_open != NoContainer)
        {
            _entries[_open].Rewritten = true;
        }
    }
}
