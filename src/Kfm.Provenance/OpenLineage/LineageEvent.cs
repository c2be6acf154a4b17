using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.OpenLineage;

/// <summary>
/// An OpenLineage event (spec 2-0-2): a run event has run and job, a job event only a job, a dataset event a dataset. What is read is kept whole,
/// facets and members that the model does not know included.
/// </summary>
/// <remarks>Texts are kept as they came: events of other producers hold times and URIs that the specification would refuse. JSON values must not be changed.</remarks>
public sealed record LineageEvent
{
    /// <summary>When the event occurred, RFC 3339.</summary>
    public required string EventTime { get; init; }

    /// <summary>The URI of the producer.</summary>
    public required string Producer { get; init; }

    /// <summary>The URI of the schema of the event.</summary>
    public required string SchemaUrl { get; init; }

    /// <summary><c>START</c>, <c>RUNNING</c>, <c>COMPLETE</c>, <c>ABORT</c>, <c>FAIL</c> or <c>OTHER</c>; or null.</summary>
    public string? EventType { get; init; }

    /// <summary>The run, or null.</summary>
    public LineageRun? Run { get; init; }

    /// <summary>The job, or null.</summary>
    public LineageJob? Job { get; init; }

    /// <summary>The dataset of a dataset event, or null.</summary>
    public LineageDataset? Dataset { get; init; }

    /// <summary>What was read; null when the event does not say.</summary>
    public IReadOnlyList<LineageDataset>? Inputs { get; init; }

    /// <summary>What was written; null when the event does not say.</summary>
    public IReadOnlyList<LineageDataset>? Outputs { get; init; }

    /// <summary>Members that the specification does not know.</summary>
    public JsonObject Other { get; init; } = [];

    /// <summary>The bytes of the event: RFC 8785, without a newline.</summary>
    public byte[] ToJson() => FactJson.Canonical(ToNode());

    /// <summary>Reads an event of any producer.</summary>
    /// <param name="utf8">One JSON object in UTF-8, at most 64 MiB.</param>
    /// <exception cref="OpenLineageFormatException">The text is not JSON; a required member is missing or a known member has another type.</exception>
    public static LineageEvent Parse(ReadOnlySpan<byte> utf8) => Parse(utf8, "");

    internal static LineageEvent Parse(ReadOnlySpan<byte> utf8, string pointer) =>
        LineageReader.Event(JsonCursor.OpenForeign(utf8, pointer, static (m, p) => new OpenLineageFormatException(m, p)));

    internal JsonObject ToNode()
    {
        var json = (JsonObject)Other.DeepClone();
        json["eventTime"] = EventTime;
        json["producer"] = Producer;
        json["schemaURL"] = SchemaUrl;
        FactJson.With(json, "eventType", EventType);
        LineageJson.Add(json, "run", Run?.ToNode());
        LineageJson.Add(json, "job", Job?.ToNode());
        LineageJson.Add(json, "dataset", Dataset?.ToNode());
        LineageJson.Add(json, "inputs", LineageJson.List(Inputs));
        LineageJson.Add(json, "outputs", LineageJson.List(Outputs));
        return json;
    }
}
