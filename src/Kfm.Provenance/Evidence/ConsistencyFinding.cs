namespace Kfm.Provenance.Evidence;

/// <summary>Something that is not as the record says; one finding is enough to deny.</summary>
/// <param name="Rule">The id of the rule: <c>C1</c> to <c>C10</c>, <c>C12</c>, or <c>parse</c> when a document cannot be read.</param>
/// <param name="Document">The path of the document below the bundle.</param>
/// <param name="Pointer">The JSON pointer (RFC 6901) of the place; for lines of JSON <c>/line</c> from 0 stands before it. Empty for the document.</param>
/// <param name="Message">What the record says and what the document says.</param>
public sealed record ConsistencyFinding(string Rule, string Document, string Pointer, string Message);
