using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.OpenLineage;

/// <summary>The job of an event.</summary>
/// <param name="Namespace">The namespace of the job.</param>
/// <param name="Name">The name within the namespace.</param>
public sealed record LineageJob(string Namespace, string Name)
{
    /// <summary>The job facets by key, or null when the event has none.</summary>
    public JsonObject? Facets { get; init; }

    /// <summary>Members that the specification does not know.</summary>
    public JsonObject Other { get; init; } = [];

    internal JsonObject ToNode()
    {
        var json = FactJson.With((JsonObject)Other.DeepClone(), "namespace", Namespace);
        return LineageJson.Add(FactJson.With(json, "name", Name), "facets", Facets?.DeepClone());
    }
}
