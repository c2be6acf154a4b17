namespace Kfm.LedgerServer.Tests;

/// <summary>A theory that needs Debian's Chromium; without it it is skipped and says so.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = ChromiumFactAttribute.Executable is null ? ChromiumFactAttribute.Reason : null;
}
