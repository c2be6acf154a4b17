namespace Kfm.Provenance.Packaging;

/// <summary>Tells archives by their first bytes.</summary>
internal static class ArchiveSignature
{
    /// <summary>The kind; a gzip file is taken for a compressed tar. Null for anything else.</summary>
    public static ArchiveKind? Of(ByteSource source)
    {
        Span<byte> head = stackalloc byte[TarHeader.Bytes];
        var count = 0;
        for (var more = 1; more > 0 && count < head.Length; count += more)
        {
            more = source.Read(count, head[count..]);
        }

        head = head[..count];

        // A zip without entries starts with its end, one that was split over disks with other signatures.
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return ArchiveKind.Zip;
        }

        if (head.StartsWith(GzipMember.Signature))
        {
            return ArchiveKind.TarGzip;
        }

        return count == TarHeader.Bytes && (TarHeader.HasChecksum(head) || !head.ContainsAnyExcept((byte)0)) ? ArchiveKind.Tar : null;
    }
}
