using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>What the packs ask of code, benchmarks, consent and credentials, from the repository to the verdict.</summary>
public sealed class PackInputTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();

    public static TheoryData<string, string, string, int> Rules => new()
    {
        // pack, rules, reason, exit code
        { "quality", "complexity: { maximum: 2 }", "deny: contract: complexity.max 3 above 2: A.Run (src/A.cs:5) 3", 2 },
        { "quality", "complexity: { maximum: 2, mode: warn }", "warn: contract: complexity.max 3 above 2: A.Run (src/A.cs:5) 3", 0 },
        { "quality", "complexity: { maximum: 3 }", "complexity_ok", 0 },
        { "architecture", "layers: { layers: [{ name: core, members: [Core], uses: [] }, { name: web, members: [Web], uses: [core] }] }", "deny: contract: src/A.cs: core uses web (Core uses Web.Pages)", 2 },
        { "architecture", "layers: { mode: warn, layers: [{ name: core, members: [Core], uses: [] }, { name: web, members: [Web], uses: [core] }] }", "warn: contract: src/A.cs: core uses web (Core uses Web.Pages)", 0 },
        { "architecture", "layers: { layers: [{ name: core, members: [Core], uses: [web] }, { name: web, members: [Web], uses: [] }] }", "layers_ok", 0 },
        { "architecture", "imports: { restrictions: [{ from: [Core], forbidden: [Web] }] }", "deny: contract: src/A.cs: Core uses Web.Pages", 2 },
        { "architecture", "imports: { restrictions: [{ from: [Core], forbidden: [Web], except: [Web.Pages] }] }", "layers_ok", 0 },
        { "security", "endpoints: { mode: enforce }", "deny: security: GET /open (src/A.cs:6): demands no authentication", 2 },
        { "security", "endpoints: { mode: warn }", "warn: security: GET /open (src/A.cs:6): demands no authentication", 0 },
        { "security", "endpoints: { mode: enforce, anonymous: [GET /open] }", "endpoints_ok", 0 },
        { "security", "endpoints: { mode: enforce, anonymous: [GET /open], roles: [{ routes: [\"* /admin/*\"], anyOf: [admin] }] }", "deny: security: POST /admin/x (src/A.cs:7): demands none of admin", 2 },
        { "security", "credentials: { inventory: ops/credentials.json, maximumAgeDays: 90 }", "deny: security: credential older than 90 days: deploy (100 days)", 2 },
        { "security", "credentials: { inventory: ops/credentials.json, maximumAgeDays: 90, mode: warn }", "warn: security: credential older than 90 days: deploy (100 days)", 0 },
        { "security", "credentials: { inventory: ops/credentials.json, maximumAgeDays: 100 }", "credentials_ok", 0 },
        { "security", "credentials: { inventory: ops/none.json }", "deny: security: credentials error: the security pack names the inventory 'ops/none.json', which the base commit does not have.", 2 },
        { "security", "consent: { data: [{ path: data/users.csv, subject: user, purposes: [improve_service], categories: [usage_metrics] }] }", "consent_ok", 0 },
        { "security", "consent: { data: [{ path: data/users.csv, subject: user, purposes: [marketing], categories: [usage_metrics] }] }", "deny: ethics: consent:data/users.csv failed: 1 persons have not agreed, the first in line 2", 2 },
        { "security", "consent: { data: [{ path: data/users.csv, subject: person, purposes: [marketing], categories: [usage_metrics] }] }", "deny: ethics: consent:data/users.csv error: The header has no column 'person'. (line 1, column 0)", 2 },
        { "security", "slsa: { minimum: 1 }", "slsa_level_1", 0 },
        { "security", "slsa: { minimum: 2 }", "deny: security: slsa.level 1 below 2", 2 },
        { "security", "slsa: { minimum: 2, mode: warn }", "warn: security: slsa.level 1 below 2", 0 },
        { "performance", "latency: { results: [bench/r.json], budgets: [{ benchmark: Parse*, maximum: 100 }] }", "latency_ok", 0 },
        { "performance", "latency: { results: [bench/r.json], budgets: [{ benchmark: Parse*, maximum: 99 }] }", "deny: ops: Parse takes 100 ns, above 99", 2 },
        { "performance", "latency: { mode: warn, results: [bench/r.json], budgets: [{ benchmark: Parse*, maximum: 99 }] }", "warn: ops: Parse takes 100 ns, above 99", 0 },
        { "performance", "latency: { results: [bench/none.json] }", "deny: ops: benchmarks error: The steps left no bench/none.json.", 2 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_of_the_base_judges_what_the_head_shows(string pack, string rules, string reason, int exitCode)
    {
        var result = await RunAsync(pack, rules);
        Assert.True(result.ExitCode == exitCode, string.Join('\n', Reasons()) + result.Error);
        Assert.Contains(reason, Reasons());
        Assert.Equal(exitCode, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Theory]
    [InlineData(false, "github-hosted", "bubblewrap", 0)]
    [InlineData(true, "local", "bubblewrap", 1)]
    [InlineData(true, "self-hosted", "bubblewrap", 1)]
    [InlineData(true, "github-hosted", "none", 2)]
    [InlineData(true, "github-hosted", "namespaces", 3)]
    public void Level_of_a_build_is_no_more_than_its_platform_gives(bool succeeded, string platform, string isolation, int level) =>
        Assert.Equal(level, BuildLevel.Of(succeeded, platform, isolation));

    [Theory]
    [InlineData("true", "github-hosted", "github-hosted")]
    [InlineData("true", "self-hosted", "self-hosted")]
    [InlineData("true", null, "self-hosted")]
    [InlineData(null, "github-hosted", "local")]
    public void Platform_is_what_the_runner_says(string? actions, string? runner, string platform)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (actions is not null)
        {
            environment["GITHUB_ACTIONS"] = actions;
        }

        if (runner is not null)
        {
            environment["RUNNER_ENVIRONMENT"] = runner;
        }

        Assert.Equal(platform, BuildLevel.Platform(environment));
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    private async Task<CommandResult> RunAsync(string pack, string rules)
    {
        var settings = new JsonObject { ["formatVersion"] = 1, ["project"] = new JsonObject { ["name"] = "packs" }, ["risk"] = new JsonObject { ["low"] = new JsonArray("src/**", "data/**") } };
        if (rules.StartsWith("slsa", StringComparison.Ordinal))
        {
            settings["build"] = SmallRepository.Build("mkdir -p out && cp src/A.cs out/");
        }

        _git.Write("kfm.json", settings.ToJsonString());
        _git.Write($".github/policy-packs/{pack}-policy-pack.yml", $"formatVersion: 1\npack: {pack}\nrules:\n  {rules}\n");
        _git.Write("src/A.cs", "namespace Core;\n");
        _git.Write("bench/r.json", """[{"name":"Parse","value":0.1,"unit":"us"}]""");
        _git.Write("ops/credentials.json", """{"formatVersion":1,"credentials":[{"name":"deploy","created":"2026-02-21"},{"name":"sign","created":"2020-01-01","rotated":"2026-05-31"}]}""");
        _git.Write("data/users.csv", "user,hits\nu1,7\n");
        _git.Write("policies/consent-envelopes/u1.json", """
            {"user_id":"u1","consent_type":"analytics","granted_at":"2025-12-03T00:00:00Z","expires_at":"2026-12-03T00:00:00Z","revocable":true,"data_categories":["usage_metrics"],
            "processing_purposes":["improve_service"],"cross_border_transfer":false,"retention_period_days":365}
            """);
        _git.Commit("base");
        _git.Write("src/A.cs", """
            using Web.Pages;
            namespace Core;
            class A
            {
                int Run(bool a, bool b) => a && b ? 1 : 2;
                void Map(App app) { app.MapGet("/open", () => 1);
                    app.MapPost("/admin/x", () => 1).RequireAuthorization(); }
            }
            """.ReplaceLineEndings("\n"));
        _git.Commit("change");
        return await _host.RunAsync(new SteppingTimeProvider(Start), "run", "--repo", _git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));
    }

    private List<string> Reasons()
    {
        using var decision = JsonDocument.Parse(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Decision)));
        return [.. decision.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }
}
