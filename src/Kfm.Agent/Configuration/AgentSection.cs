namespace Kfm.Agent.Configuration;

/// <summary>Reads the section <c>agent</c> of kfm.json.</summary>
internal static class AgentSection
{
    private const string Home = "~/";

    public static AgentSettings Read(SettingsNode node)
    {
        node.Expect("network", "timeoutSeconds", "environment", "log", "version");
        var defaults = new AgentSettings();
        var environment = node.Find("environment")?.Items(name => name.Variable()) ?? [];
        environment.Sort(StringComparer.Ordinal);
        var log = node.Find("log")?.Glob();
        var inHome = log?.Pattern.StartsWith(Home, StringComparison.Ordinal) == true;
        return new AgentSettings
        {
            Network = node.Find("network")?.Flag() ?? defaults.Network,
            TimeoutSeconds = node.Find("timeoutSeconds")?.Integer(1, 7_200) ?? defaults.TimeoutSeconds,
            Environment = environment,
            Log = inHome ? Glob.Parse(log!.Pattern[Home.Length..]) : log,
            LogInHome = inHome,
            Version = node.Find("version")?.Command() ?? [],
        };
    }
}
