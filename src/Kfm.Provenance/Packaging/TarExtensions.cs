using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Kfm.Provenance.Packaging;

/// <summary>What stands before a header and changes it: pax records (POSIX.1-2017 pax, "pax Extended Header") and the long names of GNU tar.</summary>
internal sealed class TarExtensions
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The name, where it is told; it holds instead of that of the header.</summary>
    public string? Path { get; private set; }

    public string? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public string? Time { get; private set; }

    /// <summary>Takes a block of the type x, g, L or K.</summary>
    /// <exception cref="ArchiveFormatException">It is malformed, tells something twice, or something that is not understood.</exception>
    public void Add(ByteSource source, TarHeader header)
    {
        if (header.Size is < 0 or > MaxBytes)
        {
            throw new ArchiveFormatException($"An extended header is larger than {MaxBytes} bytes.", header.Offset);
        }

        var bytes = new byte[(int)header.Size];
        source.ReadExactly(header.Offset + TarHeader.Bytes, bytes, "an extended header");
        switch (header.Type)
        {
            case (byte)'L':
                Path = Path is null ? TarHeader.Text(bytes, header.Offset) : throw Twice("path", header.Offset);
                break;
            case (byte)'K':
                LinkPath = LinkPath is null ? TarHeader.Text(bytes, header.Offset) : throw Twice("linkpath", header.Offset);
                break;
            default:
                Records(bytes, header);
                break;
        }
    }

    private void Records(ReadOnlySpan<byte> bytes, TarHeader header)
    {
        while (!bytes.IsEmpty)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space is <= 0 or > 8
                || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n'
                || bytes[(space + 1)..length].IndexOf((byte)'=') is not (> 0 and var equals))
            {
                throw new ArchiveFormatException("A pax record is malformed.", header.Offset);
            }

            var value = bytes[(space + 2 + equals)..(length - 1)];
            Record(Encoding.UTF8.GetString(bytes.Slice(space + 1, equals)), value, header);
            bytes = bytes[length..];
        }
    }

    private void Record(string key, ReadOnlySpan<byte> value, TarHeader header)
    {
        var isGlobal = header.Type == 'g';
        switch (key)
        {
            case "path" or "linkpath" or "size" when isGlobal:
                throw new ArchiveFormatException($"'{key}' is told for all entries.", header.Offset);
            case "path":
                Path = Path is null ? Text(value, header.Offset) : throw Twice(key, header.Offset);
                break;
            case "linkpath":
                LinkPath = LinkPath is null ? Text(value, header.Offset) : throw Twice(key, header.Offset);
                break;
            case "size":
                Size = Size is null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw Twice(key, header.Offset);
                break;
            case "mtime":
                Time = Encoding.UTF8.GetString(value);
                break;
            case "hdrcharset" when !value.SequenceEqual("ISO-IR 10646 2000 UTF-8"u8):
                throw new ArchiveFormatException("The names are said not to be UTF-8.", header.Offset);
            case var _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal) || key.StartsWith("SCHILY.realsize", StringComparison.Ordinal):
                throw new ArchiveFormatException("It is a sparse file; readers disagree about their content.", header.Offset);
        }
    }

    private static string Text(ReadOnlySpan<byte> value, long offset) => !value.IsEmpty && Utf8.IsValid(value) && !value.Contains((byte)0)
        ? Encoding.UTF8.GetString(value)
        : throw new ArchiveFormatException("A name is empty, has a NUL or is not well-formed UTF-8.", offset);

    private static ArchiveFormatException Twice(string key, long offset) => new($"'{key}' is told twice or is malformed.", offset);
}
