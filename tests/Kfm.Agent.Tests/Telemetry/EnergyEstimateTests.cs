using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Configuration;
using Kfm.Agent.Telemetry;

namespace Kfm.Agent.Tests.Telemetry;

public sealed class EnergyEstimateTests
{
    [Theory]
    [InlineData(3600, 1000, 500.0, 1, 0.5)]
    [InlineData(0, 1000, 500.0, 0, 0.0)]
    [InlineData(90, 8, 420.0, 0.0002, 0.000084)]
    public void Time_by_watts_is_energy_and_by_the_grid_emissions(double seconds, double watts, double grams, double kilowattHours, double kilograms)
    {
        var estimate = EnergyEstimate.Of(TimeSpan.FromSeconds(seconds), new TelemetrySettings { WattsPerProcessor = watts, GramsCo2ePerKilowattHour = grams });

        Assert.Equal(new EnergyEstimate(kilowattHours, kilograms), estimate);
    }

    [Fact]
    public void Without_the_grid_there_are_no_emissions() =>
        Assert.Null(EnergyEstimate.Of(TimeSpan.FromHours(1), new TelemetrySettings { WattsPerProcessor = 5 }).Co2eKilograms);

    [Fact]
    public void Negative_time_is_misuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyEstimate.Of(TimeSpan.FromSeconds(-1), new TelemetrySettings { WattsPerProcessor = 5 }));

    [Fact]
    public void More_time_is_never_less_energy() => Prop.ForAll<NonNegativeInt, NonNegativeInt>((one, more) =>
    {
        var settings = new TelemetrySettings { WattsPerProcessor = 7.5, GramsCo2ePerKilowattHour = 33 };
        var (little, much) = (EnergyEstimate.Of(TimeSpan.FromSeconds(one.Get), settings), EnergyEstimate.Of(TimeSpan.FromSeconds((double)one.Get + more.Get), settings));
        return much.KilowattHours >= little.KilowattHours && much.Co2eKilograms >= little.Co2eKilograms;
    }).QuickCheckThrowOnFailure();
}
