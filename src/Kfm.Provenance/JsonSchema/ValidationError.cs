namespace Kfm.Provenance.JsonSchema;

/// <summary>One place where an instance breaks a schema.</summary>
/// <param name="InstancePointer">The JSON pointer (RFC 6901) of the value; empty for the whole instance.</param>
/// <param name="SchemaPointer">The JSON pointer of the keyword; with the document's URI and <c>#</c> before it outside of the root document.</param>
/// <param name="Message">What is wrong, in one line. Values of the instance are not quoted, since they may be confidential.</param>
public sealed record ValidationError(string InstancePointer, string SchemaPointer, string Message);
