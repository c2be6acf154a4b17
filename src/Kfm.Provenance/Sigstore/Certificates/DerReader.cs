namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Reads DER (X.690, 10) front to back without copying: definite lengths in their shortest form, single-octet tags.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => _at;

    public readonly bool HasData => _at < _data.Length;

    public readonly bool NextIs(byte tag) => HasData && _data[_at] == tag;

    /// <summary>The contents of the next element, which must have this tag.</summary>
    public ReadOnlySpan<byte> Read(byte tag)
    {
        if (!NextIs(tag))
        {
            throw new DerFormatException(HasData ? $"tag 0x{_data[_at]:x2} where 0x{tag:x2} is expected" : $"the data ends where tag 0x{tag:x2} is expected");
        }

        var (start, length) = Header();
        _at = start + length;
        return _data.Slice(start, length);
    }

    /// <summary>The contents of the next element if it has this tag; else nothing is read.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> contents)
    {
        contents = default;
        if (!NextIs(tag))
        {
            return false;
        }

        contents = Read(tag);
        return true;
    }

    /// <summary>The next element whole, header included, whatever its tag.</summary>
    public ReadOnlySpan<byte> ReadEncoded()
    {
        var (start, length) = Header();
        var encoded = _data[_at..(start + length)];
        _at = start + length;
        return encoded;
    }

    /// <summary>Refuses what follows.</summary>
    public readonly void End()
    {
        if (HasData)
        {
            throw new DerFormatException($"{_data.Length - _at} bytes follow the last element");
        }
    }

    // Tag, then a length of 1 to 4 octets.
    private readonly (int Start, int Length) Header()
    {
        if (_data.Length - _at < 2 || (_data[_at] & 0x1f) == 0x1f)
        {
            throw new DerFormatException("the header of an element is cut off or has a long tag");
        }

        int first = _data[_at + 1];
        var octets = first & 0x7f;
        var start = _at + 2;
        if (first < 0x80)
        {
            return first <= _data.Length - start ? (start, first) : throw CutOff();
        }

        if (octets is 0 or > 3 || octets > _data.Length - start || _data[start] == 0)
        {
            throw new DerFormatException("the length of an element is indefinite, too large or not in its shortest form");
        }

        var length = 0;
        for (var i = 0; i < octets; i++)
        {
            length = (length << 8) | _data[start + i];
        }

        start += octets;
        return length < 0x80 ? throw new DerFormatException("the length of an element is not in its shortest form")
            : length <= _data.Length - start ? (start, length) : throw CutOff();
    }

    private static DerFormatException CutOff() => new("the data ends within an element");
}
