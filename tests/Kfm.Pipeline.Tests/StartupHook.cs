/// <summary>Runs before the main method of a child process that names this assembly in DOTNET_STARTUP_HOOKS: tells at its end what it loaded.</summary>
/// <remarks>The runtime looks for a type of this name without a namespace.</remarks>
#pragma warning disable MA0047
internal static class StartupHook
#pragma warning restore MA0047
{
    /// <summary>The variable that names the file to write.</summary>
    public const string Variable = "KFM_TEST_LOADED";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(file, AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name ?? ""));
        }
    }
}
