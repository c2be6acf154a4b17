using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>The specification of OpenLineage: events by their schema, standard facets by the schema that each names.</summary>
internal sealed class LineageSchemas
{
    private const string Standard = "https://openlineage.io/spec/facets/";
    private static readonly string[] Holders = ["facets", "inputFacets", "outputFacets"];
    private readonly Dictionary<string, CompiledSchema> _schemas = new(StringComparer.Ordinal);

    /// <summary>The names of the standard facets that were validated.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with an event.</summary>
    public IEnumerable<string> Problems(string line)
    {
        var document = JsonNode.Parse(line)!;
        var own = Schema("OpenLineage.json").Validate(System.Text.Encoding.UTF8.GetBytes(line));
        return own.Errors.Select(e => e.ToString()).Concat(Facets(document).SelectMany(f => FacetProblems(f.Key, f.Value)));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Facets(JsonNode? node) => node switch
    {
        JsonObject o => o.Where(m => Holders.Contains(m.Key)).SelectMany(m => m.Value!.AsObject()).Concat(o.SelectMany(m => Facets(m.Value))),
        JsonArray a => a.SelectMany(Facets),
        _ => [],
    };

    private IEnumerable<string> FacetProblems(string key, JsonNode? facet)
    {
        var url = facet!["_schemaURL"]!.ToString();
        if (!url.StartsWith(Standard, StringComparison.Ordinal))
        {
            return key.StartsWith("kfm_", StringComparison.Ordinal) ? [] : [$"{key} is neither a standard facet nor one of ours"];
        }

        var name = url[(url.LastIndexOf('/') + 1)..];
        Seen.Add(name);
        var path = $"facets/{name}.json";
        var published = JsonNode.Parse(File.ReadAllBytes(ConformanceFactAttribute.PathOf("openlineage/spec/" + path)))!["$id"]!.ToString();
        var errors = Schema(path).Validate(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { [key] = facet.DeepClone() })).Errors.Select(e => $"{key}: {e}");
        return url == $"{published}#/$defs/{name}" ? errors : errors.Append($"{key} names {url}, published is {published}");
    }

    private CompiledSchema Schema(string path)
    {
        if (!_schemas.TryGetValue(path, out var schema))
        {
            schema = ForeignSchemas.Compile("openlineage/spec/" + path, SchemaDialect.Draft202012, "openlineage/spec", "openlineage/spec/facets");
            _schemas[path] = schema;
        }

        return schema;
    }
}
