using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Identifiers;

/// <summary>Name-based identifiers, RFC 9562 section 5.5: the same namespace and name always give the same identifier.</summary>
public static class UuidV5
{
    /// <summary>The identifier of a name in a namespace.</summary>
    /// <param name="namespaceId">The namespace.</param>
    /// <param name="name">The name; its UTF-8 bytes are hashed.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> has a lone surrogate, so it has no UTF-8 form.</exception>
    public static Guid Create(Guid namespaceId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Create(namespaceId, StrictUtf8.GetBytes(name));
    }

    /// <summary>The identifier of a name in a namespace.</summary>
    /// <param name="namespaceId">The namespace.</param>
    /// <param name="name">The bytes of the name.</param>
    public static Guid Create(Guid namespaceId, ReadOnlySpan<byte> name)
    {
        Span<byte> prefix = stackalloc byte[16];
        namespaceId.TryWriteBytes(prefix, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // Version 5 is defined over SHA-1; the identifier names something and proves nothing.
#pragma warning disable CA5350
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        sha1.AppendData(prefix);
        sha1.AppendData(name);
        sha1.GetHashAndReset(hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
