using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests;

[Collection(SharedDemo.Name)]
public sealed class DemoTests(DemoRun demo)
{
    [Fact]
    public void Demo_ends_well()
    {
        Assert.True(demo.ExitCode == 0, demo.Output);
        Assert.Contains("all three ended as they must", demo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allowed", "allow")]
    [InlineData("review", "review")]
    [InlineData("denied", "deny")]
    public void Decision_of_each_bundle_is_the_expected_one(string name, string verdict) =>
        Assert.Equal(verdict, Json(name, BundleFiles.Decision)["verdict"]!.ToString());

    [Fact]
    public void Comment_has_the_members_of_the_example()
    {
        var comment = Json("allowed", BundleFiles.Comment);
        Assert.Equal(["kfm_pr_id", "policy_gate", "preview", "provenance", "qa", "telemetry"], comment.Select(m => m.Key));
        Assert.Equal(["coverage", "ge_report", "tests_passed"], comment["qa"]!.AsObject().Select(m => m.Key));
        Assert.Equal("allow", comment["policy_gate"]!["opa_decision"]!.ToString());
        Assert.Null(comment["telemetry"]!["energy_kwh"]);
    }

    [Fact]
    public void Denied_bundle_keeps_no_patch_and_no_secret()
    {
        Assert.False(File.Exists(Path.Combine(demo.Bundle("denied"), BundleFiles.Patch)));
        foreach (var file in Directory.EnumerateFiles(demo.Bundle("denied"), "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("ghp_", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Report_refers_to_nothing_outside_and_keeps_the_three_parts_apart()
    {
        var page = File.ReadAllText(Path.Combine(demo.Bundle("review"), BundleFiles.Report));
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        var places = new[] { "id=\"facts-h\"", "id=\"interpretation-h\"", "id=\"policy-h\"", "id=\"proofs-h\"" }.Select(h => page.IndexOf(h, StringComparison.Ordinal)).ToArray();
        Assert.All(places, p => Assert.True(p > 0));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Ledger_of_the_demo_is_sound_and_proves_that_it_only_grew()
    {
        var fsck = await demo.RunAsync("ledger", "fsck", "--ledger", demo.Ledger, "--trust", demo.Trust);
        Assert.True(fsck.ExitCode == 0, fsck.Output + fsck.Error);
        var show = await demo.RunAsync("ledger", "show", "--ledger", demo.Ledger);
        Assert.Contains("approval", show.Output, StringComparison.Ordinal);
        Assert.Equal(3, show.Output.Split('\n').Count(l => l.Contains("  seal  ", StringComparison.Ordinal)));
        Assert.Equal(0, (await demo.RunAsync("ledger", "prove", "--ledger", demo.Ledger, "--from", "7")).ExitCode);
    }

    private JsonObject Json(string name, string file) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(demo.Bundle(name), file)))!.AsObject();
}
