namespace Kfm.Provenance.JsonSchema;

/// <summary>A version together with the vocabularies that a meta-schema switches on.</summary>
/// <param name="Version">The version.</param>
/// <param name="Validation">Whether the validation vocabulary is in use.</param>
/// <param name="FormatAssertion">Whether the format-assertion vocabulary is in use.</param>
internal sealed record Dialect(SchemaDialect Version, bool Validation = true, bool FormatAssertion = false)
{
    private static readonly Dictionary<string, SchemaDialect> Versions = new(StringComparer.Ordinal)
    {
        ["http://json-schema.org/draft-04/schema"] = SchemaDialect.Draft4,
        ["http://json-schema.org/draft-06/schema"] = SchemaDialect.Draft6,
        ["http://json-schema.org/draft-07/schema"] = SchemaDialect.Draft7,
        ["https://json-schema.org/draft/2019-09/schema"] = SchemaDialect.Draft201909,
        ["https://json-schema.org/draft/2020-12/schema"] = SchemaDialect.Draft202012,
    };

    public string IdKeyword => Version == SchemaDialect.Draft4 ? "id" : "$id";

    /// <summary>Up to draft 7 a schema with <c>$ref</c> is that reference and nothing else.</summary>
    public bool RefHidesSiblings => Version <= SchemaDialect.Draft7;

    public static Dialect? Known(string uri) => Versions.TryGetValue(uri.TrimEnd('#'), out var version) ? new Dialect(version) : null;
}
