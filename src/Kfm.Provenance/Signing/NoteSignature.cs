using System.Buffers.Binary;

namespace Kfm.Provenance.Signing;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="KeyHash">The 32-bit id of the key, which together with the name tells which key is meant.</param>
/// <param name="Value">The signature, without the id.</param>
public sealed record NoteSignature(string Name, uint KeyHash, ReadOnlyMemory<byte> Value)
{
    /// <summary>The signature line of a note, with its newline.</summary>
    public string ToLine()
    {
        Span<byte> id = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(id, KeyHash);
        return $"\u2014 {Name} {Convert.ToBase64String([.. id, .. Value.Span])}\n";
    }

    internal bool Matches(NoteVerifier verifier) =>
        KeyHash == verifier.KeyHash && string.Equals(Name, verifier.Name, StringComparison.Ordinal);

    internal bool IsSameAs(NoteSignature other) =>
        KeyHash == other.KeyHash && string.Equals(Name, other.Name, StringComparison.Ordinal) && Value.Span.SequenceEqual(other.Value.Span);
}
