using System.Globalization;
using System.Text;

namespace Kfm.Provenance.Packaging;

/// <summary>Writes a tar in the pax format (POSIX.1-2017): ustar headers, and a pax record only for what they cannot hold.</summary>
internal sealed class TarWriter(Stream output, PackOptions options)
{
    private const int Block = TarHeader.Bytes;
    private const long LargestOctal = 0x1_FFFF_FFFF;
    private const string ExtendedName = "pax_header";
    private readonly long _time = Math.Clamp(options.SourceDateEpoch.ToUnixTimeSeconds(), 0, LargestOctal);

    public void Write(List<ArchiveItem> items)
    {
        foreach (var item in items)
        {
            var name = UstarName(item.Path);
            var target = item.LinkTarget ?? "";
            var isLongTarget = !Fits(target, 100);
            var size = item.LinkTarget is null ? item.Size : 0;
            var records = Record("linkpath", isLongTarget ? target : null) + Record("path", name is null ? item.Path : null)
                + Record("size", size > LargestOctal ? size.ToString(CultureInfo.InvariantCulture) : null);
            if (records.Length > 0)
            {
                var bytes = Encoding.UTF8.GetBytes(records);
                output.Write(Header(("", ExtendedName), "", bytes.Length, 0x1A4, 'x'));
                output.Write(bytes);
                Pad(bytes.Length);
            }

            var type = item.LinkTarget is null ? '0' : '2';
            var mode = type == '2' ? 0x1FF : item.IsExecutable ? 0x1ED : 0x1A4;
            output.Write(Header(name ?? ("", "long_name"), isLongTarget ? "long_target" : target, size > LargestOctal ? 0 : size, mode, type));
            if (type == '0')
            {
                ZipContent.Copy(item, output, options.CancellationToken);
                Pad(size);
            }
        }

        output.Write(new byte[2 * Block]);
    }

    private byte[] Header((string Prefix, string Name) name, string target, long size, int mode, char type)
    {
        var block = new byte[Block];
        Encoding.ASCII.GetBytes(name.Name, block);
        Octal(block.AsSpan(100, 8), mode);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Octal(block.AsSpan(124, 12), size);
        Octal(block.AsSpan(136, 12), _time);
        block[156] = (byte)type;
        Encoding.ASCII.GetBytes(target, block.AsSpan(157));
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        Octal(block.AsSpan(329, 8), 0);
        Octal(block.AsSpan(337, 8), 0);
        Encoding.ASCII.GetBytes(name.Prefix, block.AsSpan(345));
        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = block.Sum(b => b);
        Octal(block.AsSpan(148, 7), sum);
        return block;
    }

    // The prefix ends where a slash stands that is not written.
    private static (string Prefix, string Name)? UstarName(string path)
    {
        if (Fits(path, 100))
        {
            return ("", path);
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Fits(path[(slash + 1)..], 100))
            {
                return Fits(path[..slash], 155) ? (path[..slash], path[(slash + 1)..]) : null;
            }
        }

        return null;
    }

    private static bool Fits(string text, int bytes) => Ascii.IsValid(text) && text.Length <= bytes;

    // The length counts itself.
    private static string Record(string key, string? value)
    {
        if (value is null)
        {
            return "";
        }

        var rest = Encoding.UTF8.GetByteCount(value) + key.Length + 3;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private static void Octal(Span<byte> field, long value)
    {
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }

        field[^1] = 0;
    }

    private void Pad(long size) => output.Write(new byte[(int)(-size & (Block - 1))]);
}
