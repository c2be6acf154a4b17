namespace Kfm.Provenance.Packaging;

/// <summary>CRC-32 of ISO 3309, as zip and gzip use it; eight bytes a step by eight tables.</summary>
internal static class Crc32
{
    private static readonly uint[] Tables = Create();

    /// <summary>Goes on with a sum; the first one is 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var t = Tables.AsSpan(0, 8 * 256);
        var c = ~crc;
        while (data.Length >= 8)
        {
            var low = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data) ^ c;
            var high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            c = t[0x700 + (byte)low] ^ t[0x600 + (byte)(low >> 8)] ^ t[0x500 + (byte)(low >> 16)] ^ t[0x400 + (int)(low >> 24)]
                ^ t[0x300 + (byte)high] ^ t[0x200 + (byte)(high >> 8)] ^ t[0x100 + (byte)(high >> 16)] ^ t[(int)(high >> 24)];
            data = data[8..];
        }

        foreach (var b in data)
        {
            c = t[(byte)(c ^ b)] ^ (c >> 8);
        }

        return ~c;
    }

    private static uint[] Create()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var c = i;
            for (var bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            tables[i] = c;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            var c = tables[i - 256];
            tables[i] = tables[(byte)c] ^ (c >> 8);
        }

        return tables;
    }
}
