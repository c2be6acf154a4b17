namespace Kfm.Agent.Configuration;

/// <summary>Reads the members <c>telemetry</c> and <c>reliability</c> of kfm.json.</summary>
internal static class TelemetryReader
{
    public static TelemetrySettings Telemetry(SettingsNode node)
    {
        node.Expect("wattsPerProcessor", "gramsCo2ePerKwh", "source", "limits");
        var grams = node.Find("gramsCo2ePerKwh")?.Number(0, 10_000);
        var (energy, co2e) = node.Find("limits") is { } limits ? Limits(limits, grams is not null) : default;
        return new TelemetrySettings
        {
            WattsPerProcessor = node.Get("wattsPerProcessor").Number(0.001, 10_000),
            GramsCo2ePerKilowattHour = grams,
            Source = node.Find("source")?.Text(),
            EnergyLimitKilowattHours = energy,
            Co2eLimitKilograms = co2e,
        };
    }

    public static ReliabilitySettings Reliability(SettingsNode node)
    {
        node.Expect("objective", "days", "environment", "enforce");
        var settings = new ReliabilitySettings { Objective = node.Get("objective").Number(0.000_001, 0.999_999) };
        return settings with
        {
            Days = node.Find("days")?.Integer(1, 3_650) ?? settings.Days,
            Environment = node.Find("environment")?.Text() ?? settings.Environment,
            Enforce = node.Find("enforce")?.Flag() ?? settings.Enforce,
        };
    }

    private static (double? Energy, double? Co2e) Limits(SettingsNode node, bool hasGrid)
    {
        node.Expect("energyKwh", "co2eKg");
        return node.Find("co2eKg") is { } co2e && !hasGrid
            ? throw co2e.Wrong("a limit of emissions needs 'gramsCo2ePerKwh'")
            : (node.Find("energyKwh")?.Number(0, 1_000_000), node.Find("co2eKg")?.Number(0, 1_000_000));
    }
}
