namespace Kfm.Provenance.Signing;

/// <summary>What the verification of a signed note found.</summary>
public sealed class NoteVerification
{
    internal NoteVerification(string text, IReadOnlyList<NoteSignature> verified, IReadOnlyList<NoteSignature> unknown)
    {
        Text = text;
        Verified = verified;
        Unknown = unknown;
    }

    internal NoteVerification(string reason)
        : this("", [], []) => Reason = reason;

    /// <summary>Whether a trusted key signed the note, and no trusted key's signature is wrong.</summary>
    public bool IsVerified => Reason is null;

    /// <summary>The text that was verified, with its last newline; empty when <see cref="IsVerified"/> is false.</summary>
    public string Text { get; }

    /// <summary>The signatures of trusted keys, each once.</summary>
    public IReadOnlyList<NoteSignature> Verified { get; }

    /// <summary>The signatures of keys that the caller did not give, each once; they were ignored.</summary>
    public IReadOnlyList<NoteSignature> Unknown { get; }

    /// <summary>Why the note is not verified; null when it is.</summary>
    public string? Reason { get; }
}
