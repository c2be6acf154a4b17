namespace Kfm.Provenance.JsonSchema;

/// <summary>A schema is not a JSON Schema of its dialect, or uses what Kfm does not support.</summary>
public sealed class SchemaFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the keyword; with the document's URI and <c>#</c> before it when it is not in the root document.</param>
    public SchemaFormatException(string message, string pointer)
        : base($"{message} (schema at \"{pointer}\")") => Pointer = pointer;

    /// <summary>The JSON pointer of the keyword that is wrong; empty for the document.</summary>
    public string Pointer { get; }
}
