using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>One JSON text that holds schemas.</summary>
internal sealed class SchemaDocument(string uri, JsonElement root, bool isRoot)
{
    public string Uri { get; } = uri;

    public JsonElement Root { get; } = root;

    /// <summary>The resources whose roots stand in the document, by their places.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SchemaNode> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>How errors name a place: the bare pointer in the root document, else with the URI.</summary>
    public string Location(string pointer) => isRoot ? pointer : Uri + "#" + pointer;
}
