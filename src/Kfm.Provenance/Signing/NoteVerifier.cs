using System.Globalization;

namespace Kfm.Provenance.Signing;

/// <summary>A trusted key of signed notes (C2SP signed-note). Its text form is <c>name+hash+base64</c>.</summary>
public sealed class NoteVerifier
{
    private readonly VerificationKey _key;

    /// <summary>Creates the verifier of a key over P-256 or of an Ed25519 key, which signs the text as it is.</summary>
    /// <param name="name">The name of the key; for a log its origin. Not empty, without spaces and plus signs, at most 1,024 characters.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name, or notes have no signatures of such a key.</exception>
    public NoteVerifier(string name, VerificationKey key)
        : this(name, key, key?.Scheme == SignatureScheme.Ed25519 ? NoteAlgorithm.Ed25519 : NoteAlgorithm.EcdsaP256)
    {
    }

    /// <summary>Creates the verifier of a key that signs in a given way.</summary>
    /// <param name="name">The name of the key; for a log its origin. Not empty, without spaces and plus signs, at most 1,024 characters.</param>
    /// <param name="key">The key.</param>
    /// <param name="algorithm">How it signs.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a key name, or the key does not sign in that way.</exception>
    public NoteVerifier(string name, VerificationKey key, NoteAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(key);
        if (!NoteKeyName.IsValid(name))
        {
            throw new ArgumentException("The name of a note key is not empty and holds neither spaces nor plus signs.", nameof(name));
        }

        if (!Fits(key, algorithm))
        {
            throw new ArgumentException($"A key that signs by {key.Scheme} makes no note signatures of the type {algorithm}.", nameof(key));
        }

        (Name, Algorithm, _key) = (name, algorithm, key);
        KeyHash = NoteKeyName.Hash(name, algorithm, KeyBytes);
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The 32-bit id of the key.</summary>
    public uint KeyHash { get; }

    /// <summary>How the key signs.</summary>
    public NoteAlgorithm Algorithm { get; }

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The name, the id in eight lower-case hexadecimal digits, and the base64 of the type byte and the key.</param>
    /// <exception cref="NoteFormatException">The text is not a verifier key, its id is wrong, or its algorithm is not supported.</exception>
    public static NoteVerifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !NoteKeyName.IsValid(parts[0]) || StrictBase64.Decode(parts[2]) is not { Length: > 1 } bytes)
        {
            throw new NoteFormatException("A verifier key is written name+hash+base64.");
        }

        var algorithm = (NoteAlgorithm)bytes[0];
        if (!Enum.IsDefined(algorithm))
        {
            throw new NoteFormatException($"The key has the signature type 0x{bytes[0]:x2}; 0x01, 0x02, 0x04 and 0x05 are supported.");
        }

        var verifier = new NoteVerifier(parts[0], ReadKey(algorithm, bytes.AsSpan(1)), algorithm);
        return string.Equals(verifier.HashText, parts[1], StringComparison.Ordinal)
            ? verifier
            : throw new NoteFormatException($"The id of this key is {verifier.HashText}, not what the text says.");
    }

    /// <summary>Whether <paramref name="signature"/> is this key's signature of a note's text. Never throws.</summary>
    /// <param name="text">The text of the note in UTF-8, with its last newline.</param>
    /// <param name="signature">The signature, without the id.</param>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Algorithm switch
    {
        NoteAlgorithm.Ed25519Cosignature => Cosignature.Verify(_key, text, signature),
        NoteAlgorithm.Rfc6962TreeHead => TreeHeadSignature.Verify(_key, Name, text, signature),
        _ => _key.Verify(text, signature),
    };

    /// <summary>The time that a signature of this key carries; null when its type carries none or the time is beyond the year 9999.</summary>
    /// <param name="signature">A signature that <see cref="Verify"/> accepted, without the id.</param>
    public DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature) => Algorithm switch
    {
        NoteAlgorithm.Ed25519Cosignature => Cosignature.Time(signature, 1000),
        NoteAlgorithm.Rfc6962TreeHead => Cosignature.Time(signature, 1),
        _ => null,
    };

    internal bool HasSameKeyAs(NoteVerifier other) => _key.Equals(other._key);

    /// <summary>The text form.</summary>
    public override string ToString() => Name + "+" + HashText + "+" + Convert.ToBase64String([(byte)Algorithm, .. KeyBytes]);

    private ReadOnlySpan<byte> KeyBytes => _key.Scheme == SignatureScheme.Ed25519 ? _key.Ed25519Bytes : _key.Der.Span;

    private string HashText => KeyHash.ToString("x8", CultureInfo.InvariantCulture);

    private static bool Fits(VerificationKey key, NoteAlgorithm algorithm) => algorithm switch
    {
        NoteAlgorithm.Ed25519 or NoteAlgorithm.Ed25519Cosignature => key.Scheme == SignatureScheme.Ed25519,
        NoteAlgorithm.EcdsaP256 => key.Scheme == SignatureScheme.EcdsaP256Sha256,
        NoteAlgorithm.Rfc6962TreeHead => key.Scheme is SignatureScheme.EcdsaP256Sha256 or SignatureScheme.RsaPkcs1Sha256,
        _ => false,
    };

    private static VerificationKey ReadKey(NoteAlgorithm algorithm, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var key = algorithm is NoteAlgorithm.Ed25519 or NoteAlgorithm.Ed25519Cosignature
                ? VerificationKey.FromEd25519(bytes)
                : VerificationKey.FromDer(bytes);
            return Fits(key, algorithm)
                ? key
                : throw new NoteFormatException($"A key that signs by {key.Scheme} makes no note signatures of the type {algorithm}.");
        }
        catch (KeyFormatException e)
        {
            throw new NoteFormatException("The key in the text is not supported: " + e.Message, e);
        }
    }
}
