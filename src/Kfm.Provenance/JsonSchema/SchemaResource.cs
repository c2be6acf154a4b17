using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>A schema resource: a document, or a schema in it with an <c>$id</c> of its own (2020-12 Core, section 4.3.5).</summary>
internal sealed class SchemaResource(string uri, SchemaDocument document, string pointer, JsonElement root, Dialect dialect)
{
    /// <summary>The absolute URI, without a fragment.</summary>
    public string Uri { get; } = uri;

    public SchemaDocument Document { get; } = document;

    /// <summary>The place of the root in the document.</summary>
    public string Pointer { get; } = pointer;

    public JsonElement Root { get; } = root;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Plain-name fragments, with their places in the document.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of the plain names that are dynamic.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The compiled targets of the dynamic anchors that some reference of the schema names.</summary>
    public Dictionary<string, SchemaNode> DynamicNodes { get; } = new(StringComparer.Ordinal);
}
