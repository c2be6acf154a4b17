using System.Globalization;

namespace Kfm.Provenance.Signing;

/// <summary>A trusted key of signed notes (C2SP signed-note). Its text form is <c>name+hash+base64</c>.</summary>
public sealed class NoteVerifier
{
    private readonly VerificationKey _key;

    /// <summary>Creates the verifier of an ECDSA key.</summary>
    /// <param name="name">The name of the key; for a log its origin. Not empty, without spaces and plus signs, at most 1,024 characters.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name.</exception>
    public NoteVerifier(string name, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(key);
        if (!NoteKeyName.IsValid(name))
        {
            throw new ArgumentException("The name of a note key is not empty and holds neither spaces nor plus signs.", nameof(name));
        }

        Name = name;
        KeyHash = NoteKeyName.EcdsaHash(key);
        _key = key;
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The 32-bit id of the key.</summary>
    public uint KeyHash { get; }

    /// <summary>How the key signs.</summary>
    public NoteAlgorithm Algorithm { get; } = NoteAlgorithm.EcdsaP256;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The name, the id in eight lower-case hexadecimal digits, and the base64 of the type byte and the key.</param>
    /// <exception cref="NoteFormatException">The text is not a verifier key, its id is wrong, or its algorithm is not supported.</exception>
    public static NoteVerifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !NoteKeyName.IsValid(parts[0]) || StrictBase64.Decode(parts[2]) is not { Length: > 1 } key)
        {
            throw new NoteFormatException("A verifier key is written name+hash+base64.");
        }

        if (key[0] != (byte)NoteAlgorithm.EcdsaP256)
        {
            throw new NoteFormatException($"The key has the signature type 0x{key[0]:x2}; 0x02 (ECDSA) is supported.");
        }

        try
        {
            var verifier = new NoteVerifier(parts[0], VerificationKey.FromDer(key.AsSpan(1)));
            return string.Equals(verifier.HashText, parts[1], StringComparison.Ordinal)
                ? verifier
                : throw new NoteFormatException($"The id of this key is {verifier.HashText}, not what the text says.");
        }
        catch (KeyFormatException e)
        {
            throw new NoteFormatException("The key in the text is not supported: " + e.Message, e);
        }
    }

    /// <summary>Whether <paramref name="signature"/> is this key's signature of a note's text. Never throws.</summary>
    /// <param name="text">The text of the note in UTF-8, with its last newline.</param>
    /// <param name="signature">The signature, without the id.</param>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => _key.Verify(text, signature);

    /// <summary>The text form.</summary>
    public override string ToString() =>
        Name + "+" + HashText + "+" + Convert.ToBase64String([(byte)Algorithm, .. _key.Der.Span]);

    private string HashText => KeyHash.ToString("x8", CultureInfo.InvariantCulture);
}
