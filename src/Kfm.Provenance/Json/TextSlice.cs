namespace Kfm.Provenance.Json;

/// <summary>A piece of the canonical form: bytes of the source or of the side buffer, and which piece is next.</summary>
internal struct TextSlice
{
    public int Start;
    public int Length;
    public int Next;  // 0: none
    public bool Side; // what the source spells otherwise stands in the side buffer
    public bool Comma; // a comma stands before the piece: members that were sorted leave theirs behind
}
