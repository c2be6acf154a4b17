using System.Buffers.Binary;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>A SignedCertificateTimestamp (RFC 6962, 3.2) as it is embedded in a certificate.</summary>
internal readonly ref struct CertificateTimestamp
{
    private const int MaxCount = 16;

    private CertificateTimestamp(ReadOnlySpan<byte> logId, ulong milliseconds, ReadOnlySpan<byte> extensions, int hash, int algorithm, ReadOnlySpan<byte> signature)
    {
        LogId = logId;
        Milliseconds = milliseconds;
        Extensions = extensions;
        HashAlgorithm = hash;
        SignatureAlgorithm = algorithm;
        Signature = signature;
    }

    public ReadOnlySpan<byte> LogId { get; }

    /// <summary>Since 1970.</summary>
    public ulong Milliseconds { get; }

    public ReadOnlySpan<byte> Extensions { get; }

    /// <summary>4 is SHA-256 (RFC 5246, 7.4.1.4.1).</summary>
    public int HashAlgorithm { get; }

    /// <summary>1 is RSA, 3 is ECDSA (RFC 5246, 7.4.1.4.1).</summary>
    public int SignatureAlgorithm { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>Takes the list out of its own length.</summary>
    /// <exception cref="DerFormatException">The list is malformed or has more than 16 items.</exception>
    public static ReadOnlySpan<byte> Items(ReadOnlySpan<byte> list)
    {
        var items = Vector(ref list);
        if (!list.IsEmpty || items.IsEmpty)
        {
            throw Malformed();
        }

        var rest = items;
        for (var count = 0; !rest.IsEmpty; count++)
        {
            _ = count < MaxCount ? Vector(ref rest) : throw new DerFormatException($"there are more than {MaxCount} SCTs");
        }

        return items;
    }

    /// <summary>Reads the first item and steps behind it.</summary>
    /// <exception cref="DerFormatException">The item is not an SCT of version 1.</exception>
    public static CertificateTimestamp ReadNext(scoped ref ReadOnlySpan<byte> items)
    {
        var item = Vector(ref items);
        if (item.Length < 43 || item[0] != 0)
        {
            throw Malformed();
        }

        var id = item.Slice(1, 32);
        var time = BinaryPrimitives.ReadUInt64BigEndian(item[33..]);
        item = item[41..];
        var extensions = Vector(ref item);
        if (item.Length < 2)
        {
            throw Malformed();
        }

        var (hash, algorithm) = (item[0], item[1]);
        item = item[2..];
        var signature = Vector(ref item);
        return item.IsEmpty ? new(id, time, extensions, hash, algorithm, signature) : throw Malformed();
    }

    private static ReadOnlySpan<byte> Vector(scoped ref ReadOnlySpan<byte> data)
    {
        if (data.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(data) is var length && length > data.Length - 2)
        {
            throw Malformed();
        }

        var vector = data.Slice(2, length);
        data = data[(2 + length)..];
        return vector;
    }

    private static DerFormatException Malformed() => new("the list of SCTs is malformed");
}
