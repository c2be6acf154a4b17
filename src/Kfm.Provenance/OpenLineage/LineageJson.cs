using System.Text.Json.Nodes;

namespace Kfm.Provenance.OpenLineage;

/// <summary>Members that are there or not.</summary>
internal static class LineageJson
{
    public static JsonObject Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }

    public static JsonArray? List(IReadOnlyList<LineageDataset>? datasets) =>
        datasets is null ? null : new JsonArray([.. datasets.Select(d => (JsonNode?)d.ToNode())]);
}
