using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.OpenLineage;

/// <summary>The run of an event.</summary>
/// <param name="RunId">The id; a UUID by the specification, kept as it came.</param>
public sealed record LineageRun(string RunId)
{
    /// <summary>The run facets by key, or null when the event has none.</summary>
    public JsonObject? Facets { get; init; }

    /// <summary>Members that the specification does not know.</summary>
    public JsonObject Other { get; init; } = [];

    internal JsonObject ToNode()
    {
        var json = FactJson.With((JsonObject)Other.DeepClone(), "runId", RunId);
        return LineageJson.Add(json, "facets", Facets?.DeepClone());
    }
}
