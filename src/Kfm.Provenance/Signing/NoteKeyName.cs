using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>The id of a key: of ECDSA over the key alone, of a tree head over the log id of RFC 6962 in place of the key, else over name, type and key.</summary>
    internal static uint Hash(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        byte[] hashed = algorithm switch
        {
            NoteAlgorithm.EcdsaP256 => [.. key],
            NoteAlgorithm.Rfc6962TreeHead => [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. SHA256.HashData(key)],
            _ => [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. key],
        };
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));
    }
}
