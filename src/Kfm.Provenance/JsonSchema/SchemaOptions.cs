namespace Kfm.Provenance.JsonSchema;

/// <summary>How a schema is compiled and what its validations may cost.</summary>
public sealed record SchemaOptions
{
    /// <summary>The dialect of a document without <c>$schema</c>. Default: 2020-12.</summary>
    public SchemaDialect DefaultDialect { get; init; } = SchemaDialect.Draft202012;

    /// <summary>
    /// Whether <c>format</c> asserts. Default: false, an annotation (2020-12 Validation, section 7.2.1). When true, a format that is
    /// defined by the dialect but not supported is a <see cref="SchemaFormatException"/>; an unknown format stays an annotation.
    /// </summary>
    public bool AssertFormat { get; init; }

    /// <summary>The absolute URI of the document when it has no <c>$id</c>.</summary>
    public string BaseUri { get; init; } = "kfm://schema/root.json";

    /// <summary>Further documents by absolute URI, UTF-8. A <c>$ref</c> outside of these and the root document is an error: nothing is fetched.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Documents { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    /// <summary>The deepest nesting of schema applications and of instance values. Default: 256.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>
    /// Whether of alternatives that all fail only the closest one tells its errors, behind that of <c>anyOf</c> or <c>oneOf</c>; a wrong type hides
    /// what else is wrong at its place, and <c>allOf</c> has an error of its own. Default: false, every alternative tells. The verdict is the same.
    /// </summary>
    public bool ClosestAlternative { get; init; }

    /// <summary>The most errors in one result. Default: 100.</summary>
    public int MaxErrors { get; init; } = 100;

    /// <summary>The most schema applications in one validation. Default: 20 million.</summary>
    public long MaxSteps { get; init; } = 20_000_000;
}
