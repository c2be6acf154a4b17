using Kfm.Agent.Configuration;

namespace Kfm.Agent.Telemetry;

/// <summary>Energy and emissions of a run: measured processor time by stated factors.</summary>
/// <param name="KilowattHours">The energy in kilowatt hours.</param>
/// <param name="Co2eKilograms">The emissions in kilograms of CO2 equivalent, or null when the emissions of the grid are not stated.</param>
public sealed record EnergyEstimate(double KilowattHours, double? Co2eKilograms)
{
    private const double JoulesPerKilowattHour = 3_600_000;
    private const int Digits = 9;

    /// <summary>Works the figures out, rounded to nine digits after the point.</summary>
    /// <param name="processor">The processor time, not negative.</param>
    /// <param name="settings">The factors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static EnergyEstimate Of(TimeSpan processor, TelemetrySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(processor, TimeSpan.Zero);
        var energy = processor.TotalSeconds * settings.WattsPerProcessor / JoulesPerKilowattHour;
        return new EnergyEstimate(
            Math.Round(energy, Digits),
            settings.GramsCo2ePerKilowattHour is { } grams ? Math.Round(energy * grams / 1000, Digits) : null);
    }
}
