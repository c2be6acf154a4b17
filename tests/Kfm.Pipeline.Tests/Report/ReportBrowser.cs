using Kfm.LedgerServer.Tests;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report;
using Kfm.Testing;
using Microsoft.Playwright;

namespace Kfm.Pipeline.Tests.Report;

/// <summary>Chromium, without scripts of pages and without a network, and pages of the golden bundles and of a hostile proposal to look at.</summary>
public sealed class ReportBrowser : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The names of the pages: three real runs, and one with much of everything.</summary>
    public static IReadOnlyList<string> Names { get; } = ["allowed", "review", "denied", "crowded"];

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Executable is null)
        {
            return;
        }

        foreach (var name in Names)
        {
            _folder.Write(name + ".html", name == "crowded" ? CrowdedReport.Page() : Golden(name));
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Opens a page; every folded block of it can be opened as well.</summary>
    public async Task<IPage> OpenAsync(string name, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool unfold = false)
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(new Uri(_folder.Combine(name + ".html")).AbsoluteUri);
        if (unfold)
        {
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        }

        return page;
    }

    private static string Golden(string name)
    {
        using var bundle = RunBundle.Read(RepositoryRoot.Combine("tests", "golden", "v1", name));
        return ReportPage.Write(RunView.Of(bundle));
    }
}
