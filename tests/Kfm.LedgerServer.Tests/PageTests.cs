using Kfm.Testing;
using Microsoft.Playwright;

namespace Kfm.LedgerServer.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests(ServedLedger ledger) : IClassFixture<ServedLedger>, IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Executable is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox"] });
        _page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        _page.SetDefaultTimeout(15_000);
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    [ChromiumFact]
    public async Task Incident_shows_its_lanes_from_intent_to_incident()
    {
        await ChooseAsync("b.incident");

        Assert.Equal(
            ["intent", "design", "patch", "build", "qa", "decision", "approval", "deployment", "incident"],
            await _page.Locator(".lane h3").AllInnerTextsAsync().ContinueWith(t => t.Result.Select(x => x.ToLowerInvariant())));
        Assert.Equal(16, await _page.Locator(".lane button").CountAsync());
        Assert.True(await _page.Locator("#edges path[d]").CountAsync() >= 15);

        // A title is a text, whatever it looks like.
        Assert.Contains("<b>outage</b>", await _page.Locator(".lane button[aria-current=true]").InnerTextAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Proof_is_verified_in_the_browser_and_a_wrong_key_refuses_it()
    {
        await ChooseAsync("a.patch");
        await _page.ClickAsync("#verify");
        await _page.Locator("#proof-state.good").WaitForAsync();
        Assert.Contains("is in the log of size 17", await _page.InnerTextAsync("#proof-state"), StringComparison.Ordinal);

        using var stranger = Kfm.Provenance.Signing.EcdsaSigningKey.Create();
        await _page.FillAsync("#verifier", new Kfm.Provenance.Signing.NoteVerifier(ServedLedger.Origin, stranger.PublicKey).ToString());
        await _page.ClickAsync("#verify");
        await _page.Locator("#proof-state.bad").WaitForAsync();
        Assert.Contains("not signed with this key", await _page.InnerTextAsync("#proof-state"), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Changed_entry_is_refused_by_the_browser()
    {
        await _page.RouteAsync("**/api/entries/2", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\\u0022patch\\u0022", "\\u0022patcH\\u0022", StringComparison.Ordinal) });
        });
        await ChooseAsync("a.patch");
        await _page.ClickAsync("#verify");
        await _page.Locator("#proof-state.bad").WaitForAsync();

        Assert.Contains("not in the tree", await _page.InnerTextAsync("#proof-state"), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Path_between_two_entries_is_highlighted()
    {
        await ChooseAsync("b.intent");
        await _page.ClickAsync("[data-ask=from]");
        await ChooseAsync("b.incident");
        await _page.ClickAsync("[data-ask=to]");

        await _page.GetByText("The path from 8 to 16 has 9 entries.").WaitForAsync();
        Assert.Equal(9, await _page.Locator(".lane button.path").CountAsync());
        Assert.Equal(8, await _page.Locator("#edges path.path").CountAsync());
    }

    [ChromiumFact]
    public async Task Questions_after_causes_and_effects_are_answered()
    {
        await ChooseAsync("b.incident");
        await _page.ClickAsync("[data-ask=causes]");
        await _page.GetByText("Caused by intent").WaitForAsync();

        await ChooseAsync("a.intent");
        await _page.ClickAsync("[data-ask=impact]");
        await _page.GetByText("touched 9 later entries").WaitForAsync();
    }

    [ChromiumFact]
    public async Task Two_deployments_are_compared()
    {
        await ChooseAsync("a.deployment");
        await _page.ClickAsync("[data-ask=left]");
        await ChooseAsync("b.deployment");
        await _page.ClickAsync("[data-ask=right]");

        await _page.GetByText("have 7 entries in common").WaitForAsync();
        Assert.Equal(7, await _page.Locator("#only-right li").CountAsync());
    }

    [ChromiumFact]
    public async Task Time_travel_shows_what_the_log_knew_then()
    {
        await ChooseAsync("a.approval");
        await _page.SelectOptionAsync("#checkpoint", "8");

        await _page.GetByText("8 of 17 entries").WaitForAsync();
        await _page.GetByText("8 entries, 7 links").WaitForAsync();
    }

    [ChromiumFact]
    public async Task Keyboard_alone_reaches_an_entry_and_walks_along_its_links()
    {
        await ChooseAsync("b.qa");
        await _page.Locator("#n12").FocusAsync();
        await _page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("n13", await _page.EvaluateAsync<string>("document.activeElement.id"));

        await _page.Keyboard.PressAsync("Enter");
        await _page.GetByRole(AriaRole.Heading, new() { Name = "Entry 13: decision" }).WaitForAsync();
    }

    [ChromiumTheory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(2400, ColorScheme.Light)]
    public async Task Page_fits_its_width(int width, ColorScheme scheme)
    {
        await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await _page.SetViewportSizeAsync(width, 900);
        await ChooseAsync("b.incident");

        Assert.True(await _page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        var folder = RepositoryRoot.Combine("artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await _page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"ledger-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
    }

    [AxeTheory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_violates_no_rule_of_accessibility(int width, ColorScheme scheme)
    {
        await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await _page.SetViewportSizeAsync(width, 900);
        await ChooseAsync("b.deployment");
        await _page.ClickAsync("#verify");
        await _page.Locator("#proof-state.good").WaitForAsync();

        // The policy of the page allows no foreign script, and evaluating one is not bound by it.
        await _page.EvaluateAsync(await File.ReadAllTextAsync(AxeTheoryAttribute.Script!));
        var violations = await _page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))");

        Assert.Empty(violations);
    }

    private async Task OpenAsync()
    {
        await _page.GotoAsync(ledger.Address.ToString());
        await _page.Locator("#entries button").First.WaitForAsync();
    }

    private async Task ChooseAsync(string name)
    {
        var index = ledger.Index[name];
        await _page.FillAsync("#find", $"{index}");
        await _page.ClickAsync("#filter button");
        await _page.GetByRole(AriaRole.Heading, new() { Name = $"Entry {index}:" }).WaitForAsync();
    }
}
