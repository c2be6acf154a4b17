using System.Runtime.InteropServices;

namespace Kfm.Provenance.Json;

/// <summary>One token of the tape; a name is followed by its value, an array or object by what it holds.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TapeEntry
{
    public int Start;   // offset in the source, or in the side buffer
    public int Length;  // bytes there; of a container: its parent while it is open, then the index after its last entry
    public int Link;    // of a name: the next name in canonical order; of an object: its last name while open, then its first; 0 = none
    public TapeKind Kind;
    public bool HasItems;
    public bool Unsorted;   // the names did not come in canonical order
    public bool Rewritten;  // the bytes in the source are not the canonical form
}
