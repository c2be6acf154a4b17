using System.Buffers.Binary;
using System.Text;

namespace Kfm.Provenance.Signing;

/// <summary>A text with the signatures of named keys (C2SP signed-note).</summary>
public sealed class SignedNote
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The most signatures that a note may have.</summary>
    public const int MaxSignatures = 100;

    private const string Dash = "— ";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The text, with its last newline. It says nothing before <see cref="Verify"/> has answered.</summary>
    public string Text { get; }

    /// <summary>The signatures, at least one, in the order of the note.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text; it ends with a newline and holds no other control characters.</param>
    /// <param name="signers">The signers, at least one.</param>
    /// <exception cref="ArgumentException">The text cannot stand in a note, or there is no signer.</exception>
    public static SignedNote Sign(string text, params IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signers);
        if (!IsNoteText(text) || text[^1] != '\n')
        {
            throw new ArgumentException("The text of a note ends with a newline and holds no other control characters.", nameof(text));
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return signers.Count > 0
            ? new SignedNote(text, [.. signers.Select(s => s.Sign(bytes))])
            : throw new ArgumentException("A note has at least one signature.", nameof(signers));
    }

    /// <summary>The same note with further signatures at its end, as a witness adds them.</summary>
    /// <param name="signers">The signers.</param>
    public SignedNote With(params IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        var bytes = Encoding.UTF8.GetBytes(Text);
        return new SignedNote(Text, [.. Signatures, .. signers.Select(s => s.Sign(bytes))]);
    }

    /// <summary>Reads a note.</summary>
    /// <param name="utf8">The note in UTF-8, at most 1 MiB, with at most 100 signatures.</param>
    /// <exception cref="NoteFormatException">The bytes are not a signed note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return utf8.Length <= MaxBytes ? Parse(StrictUtf8.GetString(utf8)) : throw TooLong();
        }
        catch (DecoderFallbackException e)
        {
            throw new NoteFormatException("The note is not UTF-8.", e);
        }
    }

    /// <summary>Reads a note.</summary>
    /// <param name="note">The note, at most 1 Mi characters, with at most 100 signatures.</param>
    /// <exception cref="NoteFormatException">The text is not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Length > MaxBytes)
        {
            throw TooLong();
        }

        // The last empty line parts the text from the signatures; the text keeps its newline.
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (!IsNoteText(note) || split < 0 || note[^1] != '\n' || split + 2 == note.Length)
        {
            throw new NoteFormatException("A note is text, an empty line and signature lines, with newlines as the only control characters.");
        }

        var lines = note[(split + 2)..^1].Split('\n');
        return lines.Length <= MaxSignatures
            ? new SignedNote(note[..(split + 1)], [.. lines.Select(ParseLine)])
            : throw new NoteFormatException($"The note has {lines.Length} signatures; at most {MaxSignatures} are read.");
    }

    /// <summary>Verifies the signatures of trusted keys; those of other keys are ignored.</summary>
    /// <param name="verifiers">The keys that the caller trusts.</param>
    /// <returns>
    /// Verified when at least one trusted key signed and no signature under a trusted key's name and id is wrong. Two trusted keys
    /// with one name and id make a signature under them ambiguous, and the note not verified.
    /// </returns>
    public NoteVerification Verify(params IReadOnlyCollection<NoteVerifier> verifiers)
    {
        ArgumentNullException.ThrowIfNull(verifiers);
        var text = Encoding.UTF8.GetBytes(Text);
        var (verified, unknown) = (new List<NoteSignature>(), new List<NoteSignature>());
        foreach (var signature in Signatures)
        {
            var keys = verifiers.Where(signature.Matches).Take(2).ToList();
            if (keys.Count > 1)
            {
                return new NoteVerification($"Two of the trusted keys are named {signature.Name} and have the id {signature.KeyHash:x8}.");
            }

            if (keys.Count == 1 && !keys[0].Verify(text, signature.Value.Span))
            {
                return new NoteVerification($"The signature of {signature.Name} (id {signature.KeyHash:x8}) is wrong.");
            }

            AddOnce(keys.Count == 1 ? verified : unknown, signature, oncePerKey: keys.Count == 1);
        }

        return verified.Count > 0
            ? new NoteVerification(Text, verified, unknown)
            : new NoteVerification("None of the trusted keys signed the note.");
    }

    /// <summary>The note in its text form.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(signature.ToLine());
        }

        return note.ToString();
    }

    private static bool IsNoteText(string text)
    {
        return text.Length > 0 && Utf16.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\x09') && !text.AsSpan().ContainsAnyInRange('\x0b', '\x1f');
    }

    private static NoteFormatException TooLong() => new($"A note has at most {MaxBytes} bytes.");

    private static NoteSignature ParseLine(string line, int index)
    {
        if (line.StartsWith(Dash, StringComparison.Ordinal))
        {
            var parts = line[Dash.Length..].Split(' ');
            if (parts.Length == 2 && NoteKeyName.IsValid(parts[0]) && StrictBase64.Decode(parts[1]) is { Length: > 4 } value)
            {
                return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(value), value.AsMemory(4));
            }
        }

        throw new NoteFormatException($"Signature line {index + 1} is not an em dash, a key name and the base64 of an id and a signature.");
    }

    private static void AddOnce(List<NoteSignature> list, NoteSignature signature, bool oncePerKey)
    {
        if (!list.Any(s => s.IsSameAs(signature)
            || (oncePerKey && s.KeyHash == signature.KeyHash && string.Equals(s.Name, signature.Name, StringComparison.Ordinal))))
        {
            list.Add(signature);
        }
    }
}
