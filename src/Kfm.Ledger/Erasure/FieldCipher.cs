using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger.Entries;

namespace Kfm.Ledger.Erasure;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) under the key of one person. The nonce is a keyed hash of context and text, so that sealing twice gives the same
/// box and an entry can be appended again; equal nonces need equal input.
/// </summary>
internal static class FieldCipher
{
    internal const int KeyBytes = 32;

    internal static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> text)
    {
        Span<byte> part = stackalloc byte[KeyBytes];
        Span<byte> hash = stackalloc byte[KeyBytes];
        var box = new byte[SealedField.MinBytes + text.Length];
        var nonce = box.AsSpan(0, SealedField.NonceBytes);
        Derive(key, "nonce"u8, part);
        using (var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, part))
        {
            hmac.AppendData(context);
            hmac.AppendData(text);
            hmac.GetHashAndReset(hash);
        }

        hash[..SealedField.NonceBytes].CopyTo(nonce);
        Derive(key, "seal"u8, part);
        using (var aes = new AesGcm(part, SealedField.TagBytes))
        {
            aes.Encrypt(nonce, text, box.AsSpan(SealedField.NonceBytes, text.Length), box.AsSpan(SealedField.NonceBytes + text.Length), context);
        }

        CryptographicOperations.ZeroMemory(part);
        return box;
    }

    /// <summary>The text of a box, or null when it is not one of this key and context.</summary>
    internal static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> box)
    {
        if (box.Length < SealedField.MinBytes)
        {
            return null;
        }

        Span<byte> part = stackalloc byte[KeyBytes];
        Derive(key, "seal"u8, part);
        var text = new byte[box.Length - SealedField.MinBytes];
        try
        {
            using var aes = new AesGcm(part, SealedField.TagBytes);
            aes.Decrypt(box[..SealedField.NonceBytes], box[SealedField.NonceBytes..^SealedField.TagBytes], box[^SealedField.TagBytes..], text, context);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(part);
        }
    }

    internal static string? Text(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    internal static byte[] Utf8(string text) => StrictUtf8.GetBytes(text);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose, Span<byte> result) =>
        HKDF.Expand(HashAlgorithmName.SHA256, key, result, purpose);
}
