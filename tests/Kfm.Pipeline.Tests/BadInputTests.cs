using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Directory_that_is_no_repository_is_an_error()
    {
        var result = await RunAsync(_host.Folder, "--patch", _host.Write("p.diff", SmallRepository.Patch));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not a git repository", result.Error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("--patch", "a", "--head", "b")]
    [InlineData("--base", "HEAD")]
    public async Task Run_needs_exactly_one_source(params string[] more)
    {
        var result = await _host.RunAsync(["run", "--repo", ".", "--intent", "x", "--out", _host.PathOf("out"), .. more]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Name one of --head, --patch, --replay, --agent-command and --model", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_directory_that_is_not_empty_is_an_error()
    {
        _host.Write("out/file", "");
        using var repository = new SmallRepository();
        Assert.Equal(1, (await RunAsync(repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch))).ExitCode);
    }

    [Fact]
    public async Task Unknown_policy_folder_is_an_error()
    {
        using var repository = new SmallRepository(s => s["policies"] = "policies");
        var result = await RunAsync(repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("policies", result.Error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Patch_that_does_not_apply_is_denied_and_kept()
    {
        using var repository = new SmallRepository();
        var result = await RunAsync(repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch.Replace(" one", " uno", StringComparison.Ordinal)));
        AssertDenied(result, "patch.applies", CheckStatus.Failed);
    }

    [Fact]
    public async Task Text_that_is_no_patch_is_denied_and_kept() =>
        await AssertAsync("hello\n", "do it", _ => { }, "patch.applies", CheckStatus.Error);

    [Fact]
    public async Task Secret_in_the_intent_is_denied_and_written_nowhere()
    {
        var secret = "ghp_" + new string('a', 18) + "0123456789ABCDEFGH";
        await AssertAsync(SmallRepository.Patch, $"use the token {secret}", _ => { }, "secrets.intent", CheckStatus.Failed);
        foreach (var file in Directory.EnumerateFiles(_host.PathOf("out"), "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Build_that_fails_is_denied() =>
        await AssertAsync(SmallRepository.Patch, "do it", s => s["build"] = SmallRepository.Build("exit 3"), "build.succeeded", CheckStatus.Failed);

    [Fact]
    public async Task Build_that_differs_is_denied_and_named()
    {
        await AssertAsync(SmallRepository.Patch, "do it", s => s["build"] = SmallRepository.Build("mkdir out; echo $TZ > out/a"), "build.reproducible", CheckStatus.Failed);
        Assert.Contains("out/a", Check("build.reproducible").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_that_fails_is_denied() => await AssertAsync(
        SmallRepository.Patch,
        "do it",
        s =>
        {
            s["test"] = SmallRepository.Step("exit 1");
            s["test"]!["results"] = "out/*.trx";
        },
        "tests",
        CheckStatus.Failed);

    [Fact]
    public async Task Data_that_breaks_its_contract_is_denied()
    {
        var patch = SmallRepository.Patch + "diff --git a/data/rows.csv b/data/rows.csv\n--- a/data/rows.csv\n+++ b/data/rows.csv\n@@ -1,3 +1,4 @@\n id\n 1\n 2\n+x\n";
        await AssertAsync(
            patch,
            "do it",
            s => s["contracts"] = new JsonArray(new JsonObject { ["data"] = "data/rows.csv", ["schema"] = "schemas/rows.schema.json" }),
            "contract:data/rows.csv",
            CheckStatus.Failed);
    }

    [Fact]
    public async Task Ledger_of_another_key_is_an_error_before_any_stage()
    {
        using var repository = new SmallRepository();
        string[] run = ["run", "--repo", repository.Path, "--intent", "Document it", "--patch", _host.Write("p.diff", SmallRepository.Patch), "--ledger", _host.PathOf("log.db")];
        Assert.Equal(0, (await _host.RunAsync([.. run, "--out", _host.PathOf("first")])).ExitCode);
        using var key = EcdsaSigningKey.Create();
        key.Save(_host.PathOf("other.pem"));
        var result = await _host.RunAsync([.. run, "--out", _host.PathOf("out"), "--log-key", _host.PathOf("other.pem")]);
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("intent", result.Output, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Stopped_run_leaves_neither_bundle_nor_temporary_tree()
    {
        using var repository = new SmallRepository(s => s["build"] = SmallRepository.Build("sleep 60"));
        using var stop = new CancellationTokenSource();
        var before = Directory.GetDirectories(Path.GetTempPath(), "kfm-*").ToHashSet(StringComparer.Ordinal);
        var run = _host.RunAsync(
            ["run", "--repo", repository.Path, "--intent", "do it", "--patch", _host.Write("p.diff", SmallRepository.Patch), "--out", _host.PathOf("out")],
            stop.Token);
        while (!Directory.EnumerateDirectories(_host.Folder, ".out.*").Any(d => File.Exists(Path.Combine(d, BundleFiles.Patch))))
        {
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        var result = await run;
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("stopped", result.Error, StringComparison.Ordinal);
        AssertNothingLeft();
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "kfm-*"), d => !before.Contains(d) && File.Exists(Path.Combine(d, "clone-0")));
    }

    public void Dispose() => _host.Dispose();

    private Task<CommandResult> RunAsync(string repository, params string[] more) =>
        _host.RunAsync(["run", "--repo", repository, "--intent", "do it", "--out", _host.PathOf("out"), .. more]);

    private async Task AssertAsync(string patch, string intent, Action<JsonObject> change, string check, CheckStatus status)
    {
        using var repository = new SmallRepository(change);
        var result = await _host.RunAsync(
            "run", "--repo", repository.Path, "--intent", intent, "--out", _host.PathOf("out"), "--patch", _host.Write("p.diff", patch));
        AssertDenied(result, check, status);
    }

    private void AssertDenied(CommandResult result, string check, CheckStatus status)
    {
        Assert.True(result.ExitCode == 2, result.Output + result.Error);
        Assert.Equal(status, Check(check).Status);
        Assert.Contains(check, File.ReadAllText(_host.PathOf("out/decision.json")), StringComparison.Ordinal);
    }

    private Tested Check(string name) =>
        EvidenceGraph.Parse(File.ReadAllBytes(_host.PathOf("out/evidence.json"))).Facts.Of<Tested>().Single(t => t.Name == name);

    private void AssertNothingLeft()
    {
        Assert.False(Directory.Exists(_host.PathOf("out")));
        Assert.Empty(Directory.EnumerateDirectories(_host.Folder, ".out.*"));
    }
}
