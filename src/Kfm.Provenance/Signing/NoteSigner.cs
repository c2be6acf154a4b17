namespace Kfm.Provenance.Signing;

/// <summary>Signs notes with a named key.</summary>
public sealed class NoteSigner
{
    private readonly SigningKey _key;

    /// <summary>Creates a signer.</summary>
    /// <param name="name">The name of the key; for a log its origin.</param>
    /// <param name="key">The key; it stays the caller's to dispose.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name.</exception>
    public NoteSigner(string name, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Verifier = new NoteVerifier(name, key.PublicKey);
        _key = key;
    }

    /// <summary>The name of the key.</summary>
    public string Name => Verifier.Name;

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    internal NoteSignature Sign(ReadOnlySpan<byte> text) => new(Name, Verifier.KeyHash, _key.Sign(text));
}
