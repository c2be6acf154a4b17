using System.Globalization;

namespace Kfm.Provenance.Signing;

/// <summary>Signs notes with a named key.</summary>
public sealed class NoteSigner
{
    private readonly SigningKey _key;
    private readonly TimeProvider? _clock;

    /// <summary>Creates a signer of the text as it is.</summary>
    /// <param name="name">The name of the key; for a log its origin.</param>
    /// <param name="key">The key, over P-256 or Ed25519; it stays the caller's to dispose.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name, or notes have no signatures of such a key.</exception>
    public NoteSigner(string name, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Verifier = new NoteVerifier(name, key.PublicKey);
        _key = key;
    }

    /// <summary>Creates the signer of a witness, whose signatures say when it saw the checkpoint (C2SP tlog-cosignature).</summary>
    /// <param name="name">The name of the witness.</param>
    /// <param name="key">An Ed25519 key; it stays the caller's to dispose.</param>
    /// <param name="clock">Gives the time of each signature, in whole seconds.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name, or the key is not one of Ed25519.</exception>
    public NoteSigner(string name, SigningKey key, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        Verifier = new NoteVerifier(name, key.PublicKey, NoteAlgorithm.Ed25519Cosignature);
        (_key, _clock) = (key, clock);
    }

    /// <summary>The name of the key.</summary>
    public string Name => Verifier.Name;

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Reads the text form of a private key (<c>PRIVATE+KEY+name+hash+base64</c>, golang.org/x/mod/sumdb/note).</summary>
    /// <param name="text">The name, the id in eight lower-case hexadecimal digits, and the base64 of the type byte 0x01 and the seed.</param>
    /// <exception cref="NoteFormatException">The text is not such a key, or its id is wrong.</exception>
    public static NoteSigner Parse(string text) => Read(text, NoteAlgorithm.Ed25519, (name, key) => new NoteSigner(name, key));

    /// <summary>Reads the text form of the private key of a witness.</summary>
    /// <param name="text">The name, the id in eight lower-case hexadecimal digits, and the base64 of the type byte 0x04 and the seed.</param>
    /// <param name="clock">Gives the time of each signature, in whole seconds.</param>
    /// <exception cref="NoteFormatException">The text is not such a key, or its id is wrong.</exception>
    public static NoteSigner Parse(string text, TimeProvider clock) =>
        Read(text, NoteAlgorithm.Ed25519Cosignature, (name, key) => new NoteSigner(name, key, clock));

    internal NoteSignature Sign(ReadOnlySpan<byte> text) =>
        new(Name, Verifier.KeyHash, _clock is null ? _key.Sign(text) : Cosignature.Sign(_key, _clock.GetUtcNow(), text));

    private static NoteSigner Read(string text, NoteAlgorithm algorithm, Func<string, SigningKey, NoteSigner> create)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('+', 5);
        if (parts is not ["PRIVATE", "KEY", var name, var id, var base64] || !NoteKeyName.IsValid(name)
            || StrictBase64.Decode(base64) is not { Length: 33 } bytes || bytes[0] != (byte)algorithm)
        {
            throw new NoteFormatException($"A private key of the type 0x{(byte)algorithm:x2} is written PRIVATE+KEY+name+hash+base64.");
        }

        var signer = create(name, Ed25519SigningKey.FromSeed(bytes.AsSpan(1)));
        return string.Equals(signer.Verifier.KeyHash.ToString("x8", CultureInfo.InvariantCulture), id, StringComparison.Ordinal)
            ? signer
            : throw new NoteFormatException("The id of the private key is not what the text says.");
    }
}
