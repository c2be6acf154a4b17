using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>The rules for names and ids of note keys.</summary>
internal static class NoteKeyName
{
    private const int MaxChars = 1024;

    /// <summary>Not empty, Unicode, no Unicode space, no plus, no control character.</summary>
    internal static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxChars || !Utf16.IsValid(name))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c == '+' || c < ' ' || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The id of an ECDSA key: unlike other ids it is taken over the key alone.</summary>
    internal static uint EcdsaHash(VerificationKey key) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(key.Der.Span));
}
