namespace Kfm.LedgerServer.Tests;

/// <summary>A theory that needs Chromium and axe-core (npm) in the folder that KFM_PEERS_DIR names; without them it is skipped and says so.</summary>
public sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = ChromiumFactAttribute.Executable is null ? ChromiumFactAttribute.Reason
        : Script is null ? "No axe-core: npm install axe-core in a folder and name it in KFM_PEERS_DIR."
        : null;

    internal static string? Script { get; } =
        Environment.GetEnvironmentVariable("KFM_PEERS_DIR") is { } folder && Path.Combine(folder, "node_modules", "axe-core", "axe.min.js") is var file && File.Exists(file)
            ? file
            : null;
}
