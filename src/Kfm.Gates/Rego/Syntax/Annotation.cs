namespace Kfm.Gates.Rego.Syntax;

/// <summary>The metadata of a package or a rule: a METADATA comment with YAML below it.</summary>
internal sealed record Annotation(Location Location)
{
    /// <summary>rule, document, package or subpackages; empty until it is known what follows the comment.</summary>
    internal string Scope { get; init; } = "";

    internal string Title { get; init; } = "";

    internal string Description { get; init; } = "";

    internal bool Entrypoint { get; init; }

    internal string[] Organizations { get; init; } = [];

    internal (string Reference, string Description)[] RelatedResources { get; init; } = [];

    internal (string Name, string Email)[] Authors { get; init; } = [];

    internal SchemaAnnotation[] Schemas { get; init; } = [];

    internal RegoObject Custom { get; init; } = RegoObject.Empty;

    /// <summary>The rule that the comment describes; null for a package.</summary>
    internal Rule? Rule { get; init; }

    /// <summary>The last line of the comment.</summary>
    internal int LastRow { get; init; }
}

/// <summary>The schema of a document: a reference below <c>schema</c>, or the schema itself.</summary>
internal sealed record SchemaAnnotation(RegoValue[] Path, RegoValue[]? Schema, RegoValue? Definition);
