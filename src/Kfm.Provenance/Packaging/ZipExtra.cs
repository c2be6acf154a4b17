using System.Buffers.Binary;

namespace Kfm.Provenance.Packaging;

/// <summary>The extra field of a zip header (APPNOTE 4.5): what of it changes the meaning of the header.</summary>
internal ref struct ZipExtra
{
    private const ushort Zip64 = 0x0001;
    private const ushort UnicodePath = 0x7075;
    private readonly ReadOnlySpan<byte> _name;
    private readonly long _offset;
    private ReadOnlySpan<byte> _wide;

    /// <exception cref="ArchiveFormatException">A part that matters stands twice, or goes on behind the end.</exception>
    public ZipExtra(ReadOnlySpan<byte> bytes, long offset)
    {
        _offset = offset;

        // Fewer than four bytes are padding that some tools write for alignment.
        while (bytes.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            bytes = bytes[4..];
            if (length > bytes.Length)
            {
                throw new ArchiveFormatException("A part of the extra field goes on behind its end.", offset);
            }

            if (id == Zip64)
            {
                _wide = HasWide ? throw new ArchiveFormatException("The zip64 sizes stand twice.", offset) : bytes[..length];
                HasWide = true;
            }
            else if (id == UnicodePath)
            {
                _name = _name.IsEmpty && length > 5 ? bytes[5..length] : throw new ArchiveFormatException("The name in the extra field is empty or stands twice.", offset);
            }

            bytes = bytes[length..];
        }
    }

    public bool HasWide { get; }

    /// <summary>The value of a 32-bit field: itself, or where it is saturated the next wide one.</summary>
    public long Wide(uint value)
    {
        if (value != uint.MaxValue || (!HasWide && _wide.IsEmpty))
        {
            return value;
        }

        if (_wide.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(_wide) is not (>= 0 and var wide))
        {
            throw new ArchiveFormatException("A zip64 size is missing or too large.", _offset);
        }

        _wide = _wide[8..];
        return wide;
    }

    /// <summary>Some readers take the name from the extra field, others from the header.</summary>
    public readonly void RequireName(ReadOnlySpan<byte> name)
    {
        if (!_name.IsEmpty && !_name.SequenceEqual(name))
        {
            throw new ArchiveFormatException("The extra field tells another name.", _offset, System.Text.Encoding.UTF8.GetString(name));
        }
    }
}
