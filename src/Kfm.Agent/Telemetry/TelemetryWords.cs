namespace Kfm.Agent.Telemetry;

/// <summary>The names of measures, labels and checks that tell of energy, emissions and reliability in the record.</summary>
public static class TelemetryWords
{
    /// <summary>Measure, seconds: processor time of one stage; the name of the stage follows.</summary>
    public const string StageProcessor = "processor.";

    /// <summary>Measure, seconds: processor time of all stages up to the checks.</summary>
    public const string Processor = "telemetry.processor";

    /// <summary>Measure, kilowatt hours: energy up to the checks.</summary>
    public const string Energy = "telemetry.energy";

    /// <summary>Measure, kilograms: emissions in CO2 equivalent up to the checks.</summary>
    public const string Co2e = "telemetry.co2e";

    /// <summary>Measure, watts: the stated factor.</summary>
    public const string Watts = "telemetry.watts";

    /// <summary>Measure, grams a kilowatt hour: the stated factor.</summary>
    public const string Grid = "telemetry.grid";

    /// <summary>Label: where the factors come from.</summary>
    public const string Source = "telemetry.source";

    /// <summary>Label: <c>within</c> or <c>exhausted</c>; also the name of the check.</summary>
    public const string ReliabilityState = "reliability.budget";

    /// <summary>Measure: the share of deployments that must not fail.</summary>
    public const string ReliabilityObjective = "reliability.objective";

    /// <summary>Measure, days: the window.</summary>
    public const string ReliabilityDays = "reliability.days";

    /// <summary>Measure: the deployments of the window.</summary>
    public const string ReliabilityDeployments = "reliability.deployments";

    /// <summary>Measure: those of them that failed.</summary>
    public const string ReliabilityFailures = "reliability.failures";
}
