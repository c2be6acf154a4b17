using Kfm.LedgerServer.Tests;
using Kfm.Testing;
using Microsoft.Playwright;

namespace Kfm.Pipeline.Tests.Report;

/// <summary>The report in a real browser: WCAG 2.1 AA as far as a machine can look, the rest by hand and by the pictures that these tests leave.</summary>
public sealed class ReportAccessibilityTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    public static TheoryData<string, int, ColorScheme> Views
    {
        get
        {
            var data = new TheoryData<string, int, ColorScheme>();
            foreach (var name in ReportBrowser.Names)
            {
                foreach (var width in new[] { 320, 1280 })
                {
                    data.Add(name, width, ColorScheme.Light);
                    data.Add(name, width, ColorScheme.Dark);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. ReportBrowser.Names];

    [AxeTheory]
    [MemberData(nameof(Views))]
    public async Task Page_violates_no_rule_of_accessibility(string name, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(name, width, scheme, unfold: true);
        await page.EvaluateAsync(await File.ReadAllTextAsync(AxeTheoryAttribute.Script!));
        var violations = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.slice(0, 5).map(n => n.target.join(' ') + ' ' + n.failureSummary).join(', '))");

        Assert.Empty(violations);
        await page.CloseAsync();
    }

    [ChromiumTheory]
    [MemberData(nameof(Views))]
    public async Task Page_reflows_and_everything_inside_of_it(string name, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(name, width, scheme, unfold: true);
        if (name is "review" or "crowded")
        {
            var folder = RepositoryRoot.Combine("artifacts", "screenshots");
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));

        // What is wider than its place can be scrolled there, and reached by keyboard; nothing is cut off.
        var cut = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')].filter(e => {
              const box = e.getBoundingClientRect();
              return box.width > 0 && box.right > window.innerWidth + 1 && !e.closest('[tabindex="0"]') && !e.closest('.digest') && !e.closest('.skip');
            }).map(e => e.outerHTML.slice(0, 120))
            """);
        Assert.Empty(cut);
        await page.CloseAsync();
    }

    [ChromiumTheory]
    [MemberData(nameof(Views))]
    public async Task Text_has_contrast(string name, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(name, width, scheme, unfold: true);

        // WCAG 2.1, 1.4.3: 4.5 to 1 for text, of which none is counted as large here. Boxes of the picture are 1.4.11: 3 to 1.
        var weak = await page.EvaluateAsync<string[]>("""
            () => {
              const parse = c => c.match(/[\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
              const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
              const ground = e => { for (let n = e; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
              const out = [];
              for (const e of document.querySelectorAll('body *')) {
                const svg = e.ownerSVGElement, style = getComputedStyle(e);
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.getBoundingClientRect().width === 0 || e.closest('title, desc')) continue;
                const back = svg && e.closest('a') ? parse(getComputedStyle(e.closest('a').querySelector('rect')).fill) : ground(e);
                const found = ratio(parse(svg ? style.fill : style.color), back);
                if (found < 4.5) out.push(found.toFixed(2) + ' ' + e.outerHTML.slice(0, 100));
              }
              for (const r of document.querySelectorAll('svg a rect')) {
                const found = ratio(parse(getComputedStyle(r).stroke), ground(r.ownerSVGElement));
                if (r.getBoundingClientRect().width > 0 && found < 3) out.push(found.toFixed(2) + ' box');
              }
              return out;
            }
            """);

        Assert.Empty(weak);
        await page.CloseAsync();
    }

    [ChromiumTheory]
    [MemberData(nameof(Names))]
    public async Task Page_has_landmarks_and_headings_in_order_and_a_language(string name)
    {
        var page = await browser.OpenAsync(name);
        var found = await page.EvaluateAsync<string[]>("""
            () => {
              const out = [];
              for (const tag of ['header', 'nav', 'main', 'footer', 'h1', 'title']) if (document.querySelectorAll(tag === 'title' ? 'head > title' : tag).length !== 1) out.push('not one ' + tag);
              if (!document.documentElement.lang) out.push('no language');
              const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]);
              levels.forEach((l, i) => { if (i > 0 && l > levels[i - 1] + 1) out.push('heading ' + i); });
              for (const s of document.querySelectorAll('section')) if (!document.getElementById(s.getAttribute('aria-labelledby'))?.textContent) out.push('section ' + s.id);
              for (const e of document.body.children) if (!['HEADER', 'NAV', 'MAIN', 'FOOTER'].includes(e.tagName) && !e.classList.contains('skip')) out.push('outside of landmarks: ' + e.tagName);
              if (document.querySelector('script, link, iframe, img, [style], [onclick]')) out.push('script or resource');
              return out;
            }
            """);

        Assert.Empty(found);
        await page.CloseAsync();
    }

    [ChromiumTheory]
    [InlineData("review", 1280)]
    [InlineData("crowded", 320)]
    public async Task Keyboard_alone_reaches_everything_and_shows_where_it_is(string name, int width)
    {
        var page = await browser.OpenAsync(name, width);
        var expected = await page.EvaluateAsync<int>("""
            [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(e => e.checkVisibility()).length
            """);
        var seen = new HashSet<int>();
        await page.EvaluateAsync("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').forEach((e, i) => e.dataset.stop = i)");
        for (var i = 0; i < expected; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string[]>("""
                () => {
                  const e = document.activeElement, shape = e.ownerSVGElement ? e.querySelector('rect') : e, style = getComputedStyle(shape);
                  const visible = e.ownerSVGElement ? style.strokeWidth === '4px' : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                  return [e.dataset.stop ?? '', visible ? '' : e.outerHTML.slice(0, 120)];
                }
                """);
            Assert.Equal("", stop[1]);
            Assert.True(int.TryParse(stop[0], out var number) && seen.Add(number), $"stop {i}: {stop[0]}");
        }

        Assert.Equal(expected, seen.Count);
        await page.CloseAsync();
    }

    [ChromiumFact]
    public async Task Skip_link_and_boxes_of_the_picture_lead_to_their_places()
    {
        var page = await browser.OpenAsync("review");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().left >= 0"));

        await page.Locator(".wide a[aria-label='build, succeeded']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("run-build-1", await page.EvaluateAsync<string>("document.querySelector(':target').id"));
        await page.CloseAsync();
    }

    [ChromiumFact]
    public async Task Folded_file_of_the_patch_is_opened_by_its_link()
    {
        var page = await browser.OpenAsync("crowded");
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = false)");
        await page.Locator("a[href='#file-2']").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('file-2').closest('details').open"));
        await page.CloseAsync();
    }

    [ChromiumFact]
    public async Task Boxes_are_seen_in_forced_colours_and_nothing_moves_where_less_motion_is_asked_for()
    {
        var page = await browser.OpenAsync("review");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        var colours = await page.EvaluateAsync<string[]>("""
            () => { const a = document.querySelector('svg.wide a.succeeded'), r = getComputedStyle(a.querySelector('rect')), t = getComputedStyle(a.querySelector('text'));
              return [r.fill, r.stroke, t.fill]; }
            """);

        Assert.NotEqual(colours[0], colours[1]);
        Assert.NotEqual(colours[0], colours[2]);
        Assert.Equal("auto", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior"));
        Assert.True(await page.EvaluateAsync<bool>("document.getAnimations().length === 0"));
        await page.CloseAsync();
    }

    [ChromiumFact]
    public async Task Printed_page_shows_digests_whole_and_what_is_folded()
    {
        var page = await browser.OpenAsync("review");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('nav')).display"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.digest')].every(d => !d.checkVisibility() || d.scrollWidth <= d.clientWidth + 1)"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('details > :not(summary)')].every(d => d.getBoundingClientRect().height > 0)"));
        await page.CloseAsync();
    }
}
