using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>Rules of the policy packs from the file of the base commit to the verdict, on repositories whose steps are shell one-liners.</summary>
public sealed class PolicyPackTests : IDisposable
{
    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();

    public static TheoryData<string, string, string, int> Rules => new()
    {
        // pack, rules, reason, exit code
        { "quality", "changedCoverage: { minimum: 0.8 }", "deny: contract: coverage.changed 0.5 below 0.8", 2 },
        { "quality", "changedCoverage: { minimum: 0.8, mode: warn }", "warn: contract: coverage.changed 0.5 below 0.8", 0 },
        { "quality", "changedCoverage: { minimum: 0.5 }", "coverage_changed_ok", 0 },
        { "quality", "coverage: { minimum: 0.95 }", "deny: contract: coverage.lines 0.9 below 0.95", 2 },
        { "quality", "coverage: { minimum: 0.95, mode: warn }", "warn: contract: coverage.lines 0.9 below 0.95", 0 },
        { "performance", "size: { budgets: [{ path: out/*.bin, maximumBytes: 99 }] }", "deny: ops: out/a.bin has 100 bytes, above 99", 2 },
        { "performance", "size: { mode: warn, budgets: [{ path: out/*.bin, maximumBytes: 99 }] }", "warn: ops: out/a.bin has 100 bytes, above 99", 0 },
        { "performance", "size: { budgets: [{ path: \"**/*.bin\", maximumBytes: 100, maximumTotalBytes: 150 }] }", "deny: ops: **/*.bin has 160 bytes in all, above 150", 2 },
        { "performance", "size: { budgets: [{ path: out/*.bin, maximumBytes: 100, maximumTotalBytes: 160 }] }", "size_ok", 0 },
        { "performance", "size: { budgets: [{ path: lib/*.dll, maximumBytes: 1 }] }", "deny: ops: no artifact matches the budget of lib/*.dll", 2 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_of_the_base_judges_the_proposal(string pack, string rules, string reason, int exitCode)
    {
        Base(pack, rules);
        var result = await ProposeAsync();
        Assert.True(result.ExitCode == exitCode, result.Output + result.Error);
        Assert.Contains(reason, Reasons());

        // Whoever has the bundle has the packs and makes the decision again.
        Assert.Contains(pack, await File.ReadAllTextAsync(_host.PathOf("out/policies/packs.rego")), StringComparison.Ordinal);
        Assert.Equal(exitCode, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Fact]
    public async Task Pack_that_a_proposal_brings_does_not_judge_it()
    {
        Base("quality", "changedCoverage: { minimum: 0.8 }");
        _git.Write(".github/policy-packs/quality-policy-pack.yml", "formatVersion: 1\npack: quality\nmode: warn\n");
        var result = await ProposeAsync();
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("deny: contract: coverage.changed 0.5 below 0.8", Reasons());
        Assert.Contains("protected_paths", Reasons());
    }

    [Fact]
    public async Task Pack_that_cannot_be_read_stops_the_run()
    {
        Base("quality", "coverage: { minimum: most }");
        var result = await ProposeAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("quality-policy-pack.yml (line 4, column 24): rules.coverage.minimum: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packs_that_hold_are_shown()
    {
        Base("security", "slsa: { mode: warn }");
        var shipped = await _host.RunAsync("policy", "packs");
        Assert.Contains("secrets          enforce (fixed)\n", shipped.Output, StringComparison.Ordinal);
        Assert.Contains("gate ops         enforce\n", shipped.Output, StringComparison.Ordinal);
        var own = await _host.RunAsync("policy", "packs", "--repo", _git.Path);
        Assert.Contains("security (.github/policy-packs/security-policy-pack.yml)\n", own.Output, StringComparison.Ordinal);
        Assert.Contains("  slsa             warn\n", own.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await _host.RunAsync("policy", "packs", "--repo", _git.Path, "-f", "json")).Output).RootElement;
        Assert.Equal(5, json.GetProperty("packs").GetArrayLength());
        Assert.StartsWith("# The packs that hold", (await _host.RunAsync("policy", "packs", "-f", "rego")).Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    private void Base(string pack, string rules)
    {
        var build = SmallRepository.Build("mkdir -p out && head -c 100 /dev/zero > out/a.bin && head -c 60 /dev/zero > out/b.bin");
        var test = SmallRepository.Step("mkdir -p qa && cp report/tests.trx report/coverage.xml qa/");
        test["results"] = "qa/*.trx";
        test["coverage"] = "qa/*.xml";
        _git.Write("kfm.json", new JsonObject { ["formatVersion"] = 1, ["project"] = new JsonObject { ["name"] = "packs" }, ["build"] = build, ["test"] = test, ["risk"] = new JsonObject { ["low"] = new JsonArray("src/**") } }.ToJsonString());
        _git.Write(".github/policy-packs/" + pack + "-policy-pack.yml", $"formatVersion: 1\npack: {pack}\nrules:\n  {rules}\n");
        _git.Write("src/app/a.py", "one\ntwo\n");
        var last = rules.StartsWith("changedCoverage", StringComparison.Ordinal) ? 0 : 1;
        _git.Write("report/coverage.xml", $"""
            <coverage lines-covered="9" lines-valid="10"><sources><source>/w/</source></sources><class filename="src/app/a.py">
            <lines><line number="1" hits="9"/><line number="3" hits="1"/><line number="4" hits="{last}"/></lines></class></coverage>
            """);
        _git.Write("report/tests.trx", """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
            <Results><UnitTestResult testName="A" outcome="Passed" testId="1"/></Results>
            <ResultSummary outcome="Completed"><Counters total="1"/></ResultSummary></TestRun>
            """);
        _git.Commit("base");
    }

    private async Task<CommandResult> ProposeAsync()
    {
        _git.Write("src/app/a.py", "one\ntwo\nthree\nfour\n# not counted\n");
        _git.Commit("change");
        return await _host.RunAsync("run", "--repo", _git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));
    }

    private List<string> Reasons()
    {
        using var decision = JsonDocument.Parse(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Decision)));
        return [.. decision.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }
}
