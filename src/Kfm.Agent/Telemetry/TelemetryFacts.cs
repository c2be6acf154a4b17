using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Telemetry;

/// <summary>Measures and labels of a record by name.</summary>
internal sealed class TelemetryFacts(EvidenceGraph graph)
{
    public double? Measure(string name) => graph.Facts.Of<Measured>().FirstOrDefault(m => string.Equals(m.Metric, name, StringComparison.Ordinal))?.Value;

    public string? Label(string name) => graph.Facts.Of<Labelled>().FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.Ordinal))?.Value;
}
