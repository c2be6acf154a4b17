using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Tests.Formats;

namespace Kfm.Pipeline.Tests;

public sealed class TelemetryTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Run_without_factors_says_what_was_not_measured_and_why()
    {
        var telemetry = await RunAsync(_ => { }, expected: 0);

        Assert.Null(telemetry["energy_kwh"]);
        Assert.Null(telemetry["reliability_budget"]);
        Assert.Equal(3, telemetry["not_measured"]!.AsArray().Count);
        Assert.Contains("not measured", File.ReadAllText(_host.PathOf("out/" + BundleFiles.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stated_factors_turn_processor_time_into_energy_and_emissions()
    {
        _host.ProcessorTime = Steps(TimeSpan.FromSeconds(360));
        var telemetry = await RunAsync(s => s["telemetry"] = Factors(), expected: 0);

        // The agent rests, because a patch was given.
        var stages = telemetry["stages"]!.AsArray().Where(s => s!["processor_seconds"] is not null).ToArray();
        Assert.All(stages, s => Assert.Equal(360, s!["processor_seconds"]!.GetValue<double>()));
        Assert.Equal(stages.Length * 360, telemetry["processor_seconds"]!.GetValue<double>());
        Assert.Equal(stages.Length * 0.001, telemetry["energy_kwh"]!.GetValue<double>(), 9);
        Assert.Equal(stages.Length * 0.0005, telemetry["co2e_kg"]!.GetValue<double>(), 9);
        Assert.Equal("rated power, grid of 2025", telemetry["factors"]!["source"]!.GetValue<string>());
        var comment = JsonNode.Parse(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Comment)))!["telemetry"]!;
        Assert.Equal(telemetry["energy_kwh"]!.ToJsonString(), comment["energy_kwh"]!.ToJsonString());
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Theory]
    [InlineData("energyKwh", "telemetry.energy")]
    [InlineData("co2eKg", "telemetry.co2e")]
    public async Task What_uses_more_than_its_limit_is_denied_by_ops(string limit, string check)
    {
        _host.ProcessorTime = Steps(TimeSpan.FromSeconds(360));
        await RunAsync(s => s["telemetry"] = Factors(new JsonObject { [limit] = 0.0001 }), expected: 2);
        Assert.Contains($"deny: ops: {check} failed", Decision(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_that_cannot_be_measured_denies()
    {
        _host.ProcessorTime = () => null;
        await RunAsync(s => s["telemetry"] = Factors(new JsonObject { ["energyKwh"] = 1 }), expected: 2);
        Assert.Contains("deny: ops: telemetry.energy error", Decision(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_deployments_use_up_the_budget_and_deny_where_it_is_enforced()
    {
        var telemetry = await RunAsync(s => s["reliability"] = Objective(enforce: true), expected: 0);
        Assert.Equal("within", telemetry["reliability_budget"]!.GetValue<string>());
        await FailDeploymentAsync();

        telemetry = await RunAsync(s => s["reliability"] = Objective(enforce: true), expected: 2);
        Assert.Equal("exhausted", telemetry["reliability_budget"]!.GetValue<string>());
        Assert.Equal((1, 1), (telemetry["reliability"]!["deployments"]!.GetValue<int>(), telemetry["reliability"]!["failures"]!.GetValue<int>()));
        Assert.Contains("deny: ops: reliability.budget failed: 1 of 1 deployments", Decision(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_that_is_only_told_denies_nothing()
    {
        await RunAsync(s => s["reliability"] = Objective(enforce: false), expected: 0);
        await FailDeploymentAsync();
        var telemetry = await RunAsync(s => s["reliability"] = Objective(enforce: false), expected: 0);
        Assert.Equal("exhausted", telemetry["reliability_budget"]!.GetValue<string>());
    }

    [Fact]
    public async Task Changed_figure_is_refused()
    {
        await RunAsync(_ => { }, expected: 0);
        var path = _host.PathOf("out/" + BundleFiles.Telemetry);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"energy_kwh\":null", "\"energy_kwh\":0", StringComparison.Ordinal));
        var result = await _host.RunAsync("verify", _host.PathOf("out"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("the document is not what the record says", result.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _repository?.Dispose();
        _host.Dispose();
    }

    private SmallRepository? _repository;

    private static JsonObject Factors(JsonObject? limits = null)
    {
        var factors = new JsonObject { ["wattsPerProcessor"] = 10, ["gramsCo2ePerKwh"] = 500, ["source"] = "rated power, grid of 2025" };
        if (limits is not null)
        {
            factors["limits"] = limits;
        }

        return factors;
    }

    private static JsonObject Objective(bool enforce) => new() { ["objective"] = 0.99, ["enforce"] = enforce };

    /// <summary>A meter that goes on by a step each time it is read: between the start and the end of a stage lies one.</summary>
    private static Func<TimeSpan?> Steps(TimeSpan step)
    {
        var total = TimeSpan.Zero;
        return () => total += step;
    }

    private async Task FailDeploymentAsync()
    {
        string[] ledger = ["--ledger", _host.PathOf("log.db"), "--by", "ci:deploy", "--json"];
        var result = await _host.RunAsync(["ledger", "record", "deployment", "--decision", Digest(), "--failed", .. ledger]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private string Digest() => Kfm.Provenance.Digests.Digest.Of(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Decision))).ToString();

    private string Decision() => File.ReadAllText(_host.PathOf("out/" + BundleFiles.Decision));

    private async Task<JsonNode> RunAsync(Action<JsonObject> change, int expected)
    {
        _repository ??= new SmallRepository(change);
        if (Directory.Exists(_host.PathOf("out")))
        {
            Directory.Delete(_host.PathOf("out"), recursive: true);
        }

        var result = await _host.RunAsync(
            "run", "--repo", _repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch), "--intent", "Document it",
            "--ledger", _host.PathOf("log.db"), "--out", _host.PathOf("out"));
        Assert.True(result.ExitCode == expected, result.Output + result.Error);
        var bytes = File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Telemetry));
        Assert.True(SchemaFiles.Compile("telemetry-v2").Validate(bytes).IsValid);
        return JsonNode.Parse(bytes)!;
    }
}
