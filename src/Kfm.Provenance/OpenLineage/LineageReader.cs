using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.OpenLineage;

/// <summary>Reads events of any producer into the model; what it does not know is kept.</summary>
internal static class LineageReader
{
    public static LineageEvent Event(JsonCursor json) => new()
    {
        EventTime = json.Member("eventTime").Text(),
        Producer = json.Member("producer").Text(),
        SchemaUrl = json.Member("schemaURL").Text(),
        EventType = json.Optional("eventType")?.Text(),
        Run = json.Optional("run") is { } run ? Run(run) : null,
        Job = json.Optional("job") is { } job ? Job(job) : null,
        Dataset = json.Optional("dataset") is { } dataset ? Dataset(dataset) : null,
        Inputs = Datasets(json.Optional("inputs")),
        Outputs = Datasets(json.Optional("outputs")),
        Other = Rest(json, "eventTime", "producer", "schemaURL", "eventType", "run", "job", "dataset", "inputs", "outputs"),
    };

    private static LineageRun Run(JsonCursor json) => new(json.Member("runId").Text())
    {
        Facets = Object(json.Optional("facets")),
        Other = Rest(json, "runId", "facets"),
    };

    private static LineageJob Job(JsonCursor json) => new(json.Member("namespace").Text(), json.Member("name").Text())
    {
        Facets = Object(json.Optional("facets")),
        Other = Rest(json, "namespace", "name", "facets"),
    };

    private static LineageDataset Dataset(JsonCursor json) => new(json.Member("namespace").Text(), json.Member("name").Text())
    {
        Facets = Object(json.Optional("facets")),
        InputFacets = Object(json.Optional("inputFacets")),
        OutputFacets = Object(json.Optional("outputFacets")),
        Other = Rest(json, "namespace", "name", "facets", "inputFacets", "outputFacets"),
    };

    private static LineageDataset[]? Datasets(JsonCursor? json) =>
        json is { } list ? [.. list.Items().Select(Dataset)] : null;

    private static JsonObject? Object(JsonCursor? json) => json switch
    {
        null => null,
        { IsObject: true } found => JsonNode.Parse(found.ToString())!.AsObject(),
        { } found => throw found.Error("an object is expected"),
    };

    private static JsonObject Rest(JsonCursor json, params string[] known)
    {
        var rest = new JsonObject();
        foreach (var (name, value) in json.Members().Where(m => !known.Contains(m.Key, StringComparer.Ordinal)))
        {
            rest[name] = JsonNode.Parse(value.ToString());
        }

        return rest;
    }
}
