namespace Kfm.Provenance.Evidence;

/// <summary>A refusal that knows its place in the document.</summary>
internal interface IPointed
{
    /// <summary>The JSON pointer (RFC 6901); empty for the document.</summary>
    string Pointer { get; }
}
