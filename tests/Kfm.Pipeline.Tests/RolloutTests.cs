using Kfm.Agent.Autonomy;
using Kfm.Agent.Intents;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class RolloutTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Plan_of_the_tier_is_in_bundle_record_and_pull_request_and_is_printed()
    {
        using var repository = new SmallRepository();
        var patch = _host.Write("p.diff", SmallRepository.Patch);
        await _host.RunAsync("run", "--repo", repository.Path, "--patch", patch, "--intent", "Document it", "--out", _host.PathOf("out"));

        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var facts = new FactQuery(OpenLayer.Graph(bundle).Facts.Facts);
        var plan = RolloutPlan.For(RiskTier.Low);
        Assert.Equal(RolloutFile.Write(plan), bundle.Bytes(BundleFiles.Rollout));
        Assert.Equal(plan.Summary, facts.Label("rollout.plan"));
        Assert.Equal(Provenance.Digests.Digest.Of(bundle.Bytes(BundleFiles.Rollout)), facts.Artifact(BundleFiles.Rollout)!.Digest);
        Assert.Contains(plan.Summary, bundle.Text(BundleFiles.Body), StringComparison.Ordinal);
        Assert.Contains(plan.Summary, (await _host.RunAsync("rollout", _host.PathOf("out"))).Output, StringComparison.Ordinal);
        Assert.Equal(bundle.Text(BundleFiles.Rollout), (await _host.RunAsync("rollout", _host.PathOf("out"), "--json")).Output);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Fact]
    public async Task Protected_path_makes_the_plan_critical()
    {
        using var git = new GitRepository();
        git.Write("README.md", "one\n");
        git.Commit("base");
        git.Write(".github/workflows/x.yml", "on: push\n");
        git.Commit("change");
        await _host.RunAsync("run", "--repo", git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));

        using var bundle = RunBundle.Read(_host.PathOf("out"));
        Assert.Equal(RiskTier.Critical, RolloutFile.Parse(bundle.Bytes(BundleFiles.Rollout)).Tier);
    }

    [Fact]
    public async Task Bundle_without_a_plan_and_a_damaged_plan_are_errors()
    {
        _host.Write("none/evidence.json", "{}");
        _host.Write("bad/rollout.json", "{}");

        Assert.Equal(1, (await _host.RunAsync("rollout", _host.PathOf("none"))).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("rollout", _host.PathOf("bad"))).ExitCode);
    }

    public void Dispose() => _host.Dispose();
}
