using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Telemetry;

/// <summary>telemetry.json, format version 2: what a run cost, and whether that was measured. It says what the record says and nothing else.</summary>
public static class TelemetryDocument
{
    /// <summary>The version of the format.</summary>
    public const int FormatVersion = 2;

    /// <summary>Writes the document: RFC 8785 and a newline.</summary>
    /// <param name="graph">The record.</param>
    public static byte[] Write(EvidenceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var facts = new TelemetryFacts(graph);
        var root = new JsonObject
        {
            ["formatVersion"] = FormatVersion,
            ["stages"] = new JsonArray([.. graph.Facts.Of<Run>().OrderBy(r => r.Key.Stage).ThenBy(r => r.Key.Attempt).Select(r => (JsonNode)Stage(r, facts))]),
            ["processor_seconds"] = facts.Measure(TelemetryWords.Processor),
            ["energy_kwh"] = facts.Measure(TelemetryWords.Energy),
            ["co2e_kg"] = facts.Measure(TelemetryWords.Co2e),
            ["factors"] = Factors(facts),
            ["reliability_budget"] = facts.Label(TelemetryWords.ReliabilityState),
            ["reliability"] = Reliability(facts),
            ["not_measured"] = new JsonArray([.. Missing(facts).Select(text => (JsonNode)text)]),
        };
        return [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), (byte)'\n'];
    }

    private static JsonObject Stage(Run run, TelemetryFacts facts) => new JsonObject
    {
        ["run"] = run.Key.ToString(),
        ["seconds"] = (run.Ended - run.Started).TotalMilliseconds / 1000,
        ["processor_seconds"] = facts.Measure(TelemetryWords.StageProcessor + run.Key.Stage.ToString().ToLowerInvariant()),
    };

    private static JsonObject? Factors(TelemetryFacts facts) => facts.Measure(TelemetryWords.Watts) is not { } watts ? null : new JsonObject
    {
        ["watts_per_processor"] = watts,
        ["grams_co2e_per_kwh"] = facts.Measure(TelemetryWords.Grid),
        ["source"] = facts.Label(TelemetryWords.Source),
    };

    private static JsonObject? Reliability(TelemetryFacts facts) => facts.Measure(TelemetryWords.ReliabilityDeployments) is not { } deployments ? null : new JsonObject
    {
        ["objective"] = facts.Measure(TelemetryWords.ReliabilityObjective),
        ["days"] = facts.Measure(TelemetryWords.ReliabilityDays),
        ["deployments"] = deployments,
        ["failures"] = facts.Measure(TelemetryWords.ReliabilityFailures),
    };

    private static IEnumerable<string> Missing(TelemetryFacts facts)
    {
        if (facts.Measure(TelemetryWords.Energy) is null)
        {
            yield return facts.Measure(TelemetryWords.Watts) is null
                ? "energy_kwh: kfm.json states no watts"
                : "energy_kwh: the processor time of a stage is not known";
        }

        if (facts.Measure(TelemetryWords.Co2e) is null)
        {
            yield return facts.Measure(TelemetryWords.Grid) is null
                ? "co2e_kg: kfm.json states no emissions of the grid"
                : "co2e_kg: the processor time of a stage is not known";
        }

        if (facts.Label(TelemetryWords.ReliabilityState) is null)
        {
            yield return "reliability_budget: kfm.json states no objective, or the ledger could not be read";
        }
    }
}
