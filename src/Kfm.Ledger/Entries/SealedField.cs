using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Entries;

/// <summary>A personal fact of an entry, encrypted under the key of the person it is about.</summary>
/// <param name="Subject">The pseudonym of the person: HMAC-SHA-256 of the person's id under a secret of the key store.</param>
/// <param name="Box">Nonce (12 bytes), ciphertext, tag (16 bytes) of AES-256-GCM; in JSON standard base64 with padding.</param>
public sealed record SealedField(Digest Subject, ReadOnlyMemory<byte> Box)
{
    /// <summary>The length of a nonce in bytes.</summary>
    internal const int NonceBytes = 12;

    /// <summary>The length of a tag in bytes.</summary>
    internal const int TagBytes = 16;

    /// <summary>The fewest bytes that a box has: that of an empty text.</summary>
    public const int MinBytes = NonceBytes + TagBytes;
}
