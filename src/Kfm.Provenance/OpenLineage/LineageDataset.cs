using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.OpenLineage;

/// <summary>A dataset that a job reads, writes or describes.</summary>
/// <param name="Namespace">The namespace of the dataset.</param>
/// <param name="Name">The name within the namespace.</param>
public sealed record LineageDataset(string Namespace, string Name)
{
    /// <summary>The dataset facets by key, or null when the event has none.</summary>
    public JsonObject? Facets { get; init; }

    /// <summary>The facets of the dataset as an input, or null.</summary>
    public JsonObject? InputFacets { get; init; }

    /// <summary>The facets of the dataset as an output, or null.</summary>
    public JsonObject? OutputFacets { get; init; }

    /// <summary>Members that the specification does not know.</summary>
    public JsonObject Other { get; init; } = [];

    internal JsonObject ToNode()
    {
        var json = FactJson.With(FactJson.With((JsonObject)Other.DeepClone(), "namespace", Namespace), "name", Name);
        LineageJson.Add(json, "facets", Facets?.DeepClone());
        LineageJson.Add(json, "inputFacets", InputFacets?.DeepClone());
        return LineageJson.Add(json, "outputFacets", OutputFacets?.DeepClone());
    }
}
