using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class StewardshipTests : IDisposable
{
    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();

    [Theory]
    [InlineData("---\nlicense: CC-BY 4.0\n---\nA\n", "---\nlicense: MIT\n---\nA\n", "rights", "rights: docs/a.md: license")]
    [InlineData("---\nindigenous_rights_flag: false\n---\nA\n", "---\nA\n---\nA\n", null, null)]
    [InlineData("---\njurisdiction: Kansas\n---\nA\n", "---\njurisdiction: Texas\n---\nA\n", "sovereignty", "sovereignty: docs/a.md: jurisdiction")]
    [InlineData("---\nsensitivity_level: None\n---\nA\n", "---\nsensitivity_level: Low\n---\nA\n", "sensitivity", "sensitivity: docs/a.md: sensitivity_level")]
    [InlineData("---\nprov_profile: KFM-PROV v11\n---\nA\n", "A\n", "provenance", "provenance: docs/a.md: prov_profile")]
    [InlineData("---\ndcat_profile: KFM-DCAT v11\n---\nA\n", "---\ndcat_profile: KFM-DCAT v12\n---\nA\n", "catalog", "catalog: docs/a.md: dcat_profile")]
    [InlineData("---\ntitle: A\n---\nA\n", "---\ntitle: B\n---\nA\n", "", "")]
    public async Task Changed_flag_of_a_document_goes_to_its_stewards(string before, string after, string? duty, string? why)
    {
        var context = await RunAsync(before, after);

        // A front matter that cannot be read is not one without flags.
        Assert.Equal(duty is null ? "error" : "passed", context["checks"]!["ethics.labels"]!["status"]!.GetValue<string>());
        string[] expected = duty is null or "" ? [] : [duty];
        Assert.Equal(expected, Labels(context, "stewardship"));
        Assert.Equal(why is null or "" ? [] : [why], Labels(context, "stewardship.why"));
        var decision = Decision();
        Assert.Equal(duty switch { null => "deny", "" => "allow", _ => "review" }, decision["verdict"]!.GetValue<string>());
        Assert.Equal(expected.Length > 0, decision["required_approvals"]!.AsArray().Any(r => r!.GetValue<string>() == "council"));
    }

    [Fact]
    public async Task Conflicting_labels_deny_and_ask_for_a_person()
    {
        await RunAsync("A\n", "---\ncare_label: Public\nclassification: Confidential\n---\nA\n");

        var reasons = Decision()["reasons"]!.AsArray().Select(r => r!.GetValue<string>()).ToArray();
        Assert.Contains("deny: ethics: labels conflict: docs/a.md: ethics.care public and ethics.sensitivity restricted", reasons);
        Assert.Contains("labels_need_a_person", reasons);
        Assert.Equal(["rights", "sensitivity", "sovereignty"], Decision()["stewardship"]!.AsArray().Select(s => s!.GetValue<string>()));
    }

    [Fact]
    public async Task Restriction_of_the_base_holds_although_the_proposal_takes_it_away()
    {
        await RunAsync("---\nsensitivity_level: Restricted\n---\nA\n", "A\n");

        Assert.Contains("deny: ethics: ethics.sensitivity restricted", Decision()["reasons"]!.AsArray().Select(r => r!.GetValue<string>()));
    }

    [Fact]
    public async Task Jurisdiction_that_the_repository_does_not_name_goes_to_the_stewards()
    {
        var context = await RunAsync("---\njurisdiction: [Kansas, EU]\n---\nA\n", "---\njurisdiction: [Kansas, EU]\n---\nB\n", s => s["stewardship"] = new JsonObject { ["jurisdictions"] = new JsonArray("Kansas") });

        Assert.Equal(["sovereignty: docs/a.md: jurisdiction eu"], Labels(context, "stewardship.why"));
    }

    [Fact]
    public async Task Configured_path_and_changed_licence_go_to_the_stewards()
    {
        var context = await RunAsync("A\n", "<!-- SPDX-License-Identifier: MIT -->\n", s => s["stewardship"] = new JsonObject { ["catalog"] = new JsonArray("docs/**") });

        Assert.Equal(["catalog: docs/a.md", "rights: docs/a.md: licence"], Labels(context, "stewardship.why"));
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    private static string[] Labels(JsonNode context, string name) => [.. (context["labels"]![name]?.AsArray() ?? []).Select(v => v!.GetValue<string>())];

    private JsonNode Decision() => JsonNode.Parse(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Decision)))!;

    private async Task<JsonNode> RunAsync(string before, string after, Action<JsonObject>? change = null)
    {
        var settings = new JsonObject { ["formatVersion"] = 1, ["project"] = new JsonObject { ["name"] = "small" } };
        change?.Invoke(settings);
        _git.Write("kfm.json", settings.ToJsonString());
        _git.Write("docs/a.md", before);
        _git.Commit("base");
        _git.Write("docs/a.md", after);
        _git.Commit("change");
        var result = await _host.RunAsync("run", "--repo", _git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));
        Assert.True(result.ExitCode != 1, result.Output + result.Error);
        var verified = await _host.RunAsync("verify", _host.PathOf("out"));
        Assert.DoesNotContain("refused", verified.Output, StringComparison.Ordinal);
        return JsonNode.Parse(File.ReadAllBytes(_host.PathOf("out/" + BundleFiles.Context)))!;
    }
}
