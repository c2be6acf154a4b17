namespace Kfm.Provenance.Json;

/// <summary>An array or object that is still open.</summary>
internal struct TextFrame
{
    public int Members;   // the number of open members of all objects when this one began
    public int Index;     // of an array: the item that is read
    public byte Closing;  // the bracket that ends it
    public bool Unsorted; // the names did not come in canonical order
}
