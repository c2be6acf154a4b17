using System.Text.Json.Nodes;

namespace Kfm.Provenance.OpenLineage;

/// <summary>The facets that Kfm writes and the versions of their schemas (OpenLineage 2-0-2).</summary>
internal static class Facet
{
    public const string Producer = "https://kfm.dev/kfm";
    public const string EventSchema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    private const string Core = "https://openlineage.io/spec/facets/";
    private const string Own = "https://kfm.dev/schemas/openlineage/1-0-0/";

    /// <summary>A facet of the OpenLineage registry.</summary>
    public static JsonObject Standard(string schema, string version, JsonObject body) => With($"{Core}{version}/{schema}.json#/$defs/{schema}", body);

    /// <summary>A facet of ours; the key starts with <c>kfm_</c>, the schema with <c>Kfm</c>.</summary>
    public static JsonObject Kfm(string schema, JsonObject body) => With($"{Own}{schema}.json#/$defs/{schema}", body);

    private static JsonObject With(string schemaUrl, JsonObject body)
    {
        body["_producer"] = Producer;
        body["_schemaURL"] = schemaUrl;
        return body;
    }
}
