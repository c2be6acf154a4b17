namespace Kfm.LedgerServer.Tests;

/// <summary>A test that needs Debian's Chromium; without it the test is skipped and says so.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    internal const string Reason = "No Chromium at /usr/bin/chromium: apt-get install chromium.";

    public ChromiumFactAttribute() => Skip = Executable is null ? Reason : null;

    internal static string? Executable { get; } = File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null;
}
