namespace Kfm.Pipeline.Terminal;

/// <summary>What the process gives to the commands; tests give their own.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where messages go.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Time">The clock.</param>
/// <param name="StateFolder">The user's own folder for keys and ledgers.</param>
/// <param name="Interactive">Whether a person looks at a terminal that understands colours.</param>
internal sealed record HostEnvironment(TextWriter Out, TextWriter Error, TextReader Input, TimeProvider Time, string StateFolder, bool Interactive)
{
    /// <summary>Whether several runs share one screen, so that each tells of itself in few lines.</summary>
    public bool Compact { get; init; }

    /// <summary>Tells the processor time that Kfm and its ended children have used, or null where the system does not.</summary>
    public Func<TimeSpan?> ProcessorTime { get; init; } = Agent.Telemetry.ProcessorTime.Read;

    /// <summary>Tells a variable of the environment, or null.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>The environment of this process.</summary>
    public static HostEnvironment OfProcess()
    {
        var interactive = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new HostEnvironment(Console.Out, Console.Error, Console.In, TimeProvider.System, UserState(), interactive)
        {
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    // XDG base directory specification: state is what a program keeps but a user does not configure.
    private static string UserState()
    {
        var xdg = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var root = Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(root, "kfm");
    }
}
