using System.Text;
using System.Text.Unicode;

namespace Kfm.Provenance.Packaging;

/// <summary>A header block of a tar (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").</summary>
internal sealed class TarHeader
{
    public const int Bytes = 512;
    private const int ChecksumAt = 148;

    private TarHeader(long offset) => Offset = offset;

    public long Offset { get; }

    public required string Name { get; init; }

    public required string LinkName { get; init; }

    public required long Size { get; init; }

    public required int Mode { get; init; }

    public required long Time { get; init; }

    public required byte Type { get; init; }

    public required string Owner { get; init; }

    /// <summary>Whether a block has the sum of a header.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        var sum = 0;
        for (var i = 0; i < Bytes; i++)
        {
            sum += i is >= ChecksumAt and < ChecksumAt + 8 ? ' ' : block[i];
        }

        return TryOctal(block.Slice(ChecksumAt, 8), out var told) && told == sum;
    }

    /// <exception cref="ArchiveFormatException">The block is no header.</exception>
    public static TarHeader Read(ReadOnlySpan<byte> block, long offset)
    {
        if (!HasChecksum(block))
        {
            throw new ArchiveFormatException("A header with the right sum is expected.", offset);
        }

        // GNU's own format has other fields where ustar has the start of a long name.
        var isUstar = block[257..].StartsWith("ustar\0"u8);
        var prefix = isUstar ? Text(block.Slice(345, 155), offset) : "";
        var name = Text(block[..100], offset);
        var isKnown = isUstar || block[257..].StartsWith("ustar  \0"u8);
        return new TarHeader(offset)
        {
            Name = prefix.Length > 0 ? $"{prefix}/{name}" : name,
            LinkName = Text(block.Slice(157, 100), offset),
            Size = Number(block.Slice(124, 12), offset),
            Mode = (int)(Number(block.Slice(100, 8), offset) & 0xFFF),
            Time = Number(block.Slice(136, 12), offset),
            Type = block[156],
            Owner = FormattableString.Invariant($"{Number(block.Slice(108, 8), offset)}:{Number(block.Slice(116, 8), offset)}")
                + (isKnown ? $" {Text(block.Slice(265, 32), offset)}:{Text(block.Slice(297, 32), offset)}" : ""),
        };
    }

    /// <summary>A text up to its NUL, or the whole field.</summary>
    /// <exception cref="ArchiveFormatException">It is not UTF-8.</exception>
    public static string Text(ReadOnlySpan<byte> field, long offset)
    {
        var end = field.IndexOf((byte)0);
        var text = end < 0 ? field : field[..end];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new ArchiveFormatException("A name is not well-formed UTF-8.", offset);
    }

    // Octal digits, or with the highest bit set a number of base 256 (GNU).
    private static long Number(ReadOnlySpan<byte> field, long offset)
    {
        if (field[0] < 0x80)
        {
            return TryOctal(field, out var octal) ? octal : throw new ArchiveFormatException("A number of the header is not octal.", offset);
        }

        var isNegative = (field[0] & 0x40) != 0;
        var value = isNegative ? -1L : 0L;
        for (var i = 0; i < field.Length; i++)
        {
            var digit = i == 0 ? (byte)(isNegative ? field[0] : field[0] & 0x7F) : field[i];
            if (value >> 55 != (isNegative ? -1 : 0))
            {
                throw new ArchiveFormatException("A number of the header is too large.", offset);
            }

            value = i == 0 ? (isNegative ? (sbyte)digit : digit) : value << 8 | digit;
        }

        return value;
    }

    private static bool TryOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        var digits = field.Trim((byte)' ');
        var end = digits.IndexOf((byte)0);
        if (end >= 0 && digits[end..].ContainsAnyExcept((byte)0, (byte)' '))
        {
            return false;
        }

        foreach (var b in (end >= 0 ? digits[..end] : digits).Trim((byte)' '))
        {
            if (b is < (byte)'0' or > (byte)'7' || value >> 59 != 0)
            {
                return false;
            }

            value = value * 8 + (b - '0');
        }

        return true;
    }
}
