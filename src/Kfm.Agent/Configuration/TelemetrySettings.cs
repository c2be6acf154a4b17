namespace Kfm.Agent.Configuration;

/// <summary>How a run's energy and emissions are worked out of processor time, and how much of them it may use.</summary>
/// <remarks>The factors are what the owner of the machines states; Kfm measures the processor time and nothing else.</remarks>
public sealed record TelemetrySettings
{
    /// <summary>The power that one busy processor draws, in watts, above 0 and at most 10,000.</summary>
    public required double WattsPerProcessor { get; init; }

    /// <summary>The emissions of the grid, in grams of CO2 equivalent a kilowatt hour, 0 to 10,000; null when they are not stated.</summary>
    public double? GramsCo2ePerKilowattHour { get; init; }

    /// <summary>Where the factors come from; null when it is not stated.</summary>
    public string? Source { get; init; }

    /// <summary>The energy that one run may use up to its checks, in kilowatt hours; null sets no limit.</summary>
    public double? EnergyLimitKilowattHours { get; init; }

    /// <summary>The emissions that one run may cause up to its checks, in kilograms of CO2 equivalent; null sets no limit.</summary>
    public double? Co2eLimitKilograms { get; init; }
}
