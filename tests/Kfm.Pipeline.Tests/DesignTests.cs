using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class DesignTests : IDisposable
{
    private const string Own = """
        <!-- kfm-design-template id=library version=7 -->
        # Ours: {{title}}
        {{template}} {{asked}} {{components}}
        {{diagram}}
        {{specifications}} {{risk}} {{checks}} {{rollback}}
        """;

    private readonly KfmHost _host = new();

    [Fact]
    public async Task Design_names_its_template_and_the_specifications_of_the_base_and_the_record_shows_them()
    {
        using var git = Repository();
        await RunAsync(git, "Improve the Reader", "out");

        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var facts = new FactQuery(OpenLayer.Graph(bundle).Facts.Facts);
        var (text, specification) = (bundle.Text(BundleFiles.Design), Digest.Of(File.ReadAllBytes(Path.Combine(git.Path, "src/reader/rows.schema.json"))));
        Assert.Contains("Template `library`, version 1, `sha256:", text, StringComparison.Ordinal);
        Assert.Contains($"- `src/reader/rows.schema.json`, `{specification}`", text, StringComparison.Ordinal);
        Assert.Contains("c0[\"Reader\"]\n  c1[\"Store\"]", text, StringComparison.Ordinal);
        Assert.Contains("c0 -->|\"depends on\"| c1", text, StringComparison.Ordinal);
        Assert.Equal(("library@1", "template.default"), (facts.Label("design.template"), facts.Label("design.rule")));
        var used = facts.All<Used>().Where(u => u.Run.Stage == Stage.Design).ToDictionary(u => u.Artifact, u => u.Role);
        Assert.Equal("specification", used[specification]);
        Assert.Equal("template", used[Agent.Designs.DesignTemplates.Shipped.Get("library").Digest]);
        Assert.Contains("design/template.md", bundle.Text(BundleFiles.Prov), StringComparison.Ordinal);
        var report = await _host.RunAsync("verify", _host.PathOf("out"));
        Assert.DoesNotContain("found", report.Output, StringComparison.Ordinal);
        Assert.True(report.ExitCode == 3, report.Output + report.Error);
    }

    [Fact]
    public async Task Templates_of_the_base_are_used_and_those_of_the_proposal_are_not()
    {
        using var git = Repository();
        git.Write("templates/designs/library.md", Own);
        var at = git.Commit("own template");
        git.Write("templates/designs/library.md", Own.Replace("Ours", "Theirs", StringComparison.Ordinal));
        git.Commit("change");
        await _host.RunAsync("run", "--repo", git.Path, "--base", at, "--head", "HEAD", "--intent", "Improve it", "--out", _host.PathOf("out"));

        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var facts = new FactQuery(OpenLayer.Graph(bundle).Facts.Facts);
        Assert.StartsWith("# Ours: Improve it\n", bundle.Text(BundleFiles.Design), StringComparison.Ordinal);
        Assert.Equal("library@7", facts.Label("design.template"));
        Assert.Contains("templates/designs/library.md", facts.Labels("patch.protected"));
        Assert.Equal(Own, bundle.Text(BundleFiles.DesignTemplate));
        Assert.Contains("repo:templates/designs/library.md", facts.Artifacts.Select(a => a.Name));
    }

    [Fact]
    public async Task Template_with_an_unknown_placeholder_fails_the_design_with_its_place()
    {
        using var git = Repository();
        git.Write("templates/designs/library.md", Own + "{{owner}}");
        git.Commit("bad template");
        var result = await RunAsync(git, "Improve it", "out");

        Assert.Equal(2, result.ExitCode);
        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var check = new FactQuery(OpenLayer.Graph(bundle).Facts.Facts).Check("design.written")!;
        Assert.Equal(CheckStatus.Error, check.Status);
        Assert.StartsWith("repo:templates/designs/library.md(5,52): the placeholder 'owner' is not known", check.Detail, StringComparison.Ordinal);
    }

    private static GitRepository Repository()
    {
        var git = new GitRepository();
        var settings = new JsonObject
        {
            ["formatVersion"] = 1,
            ["project"] = new JsonObject { ["name"] = "parts" },
            ["components"] = new JsonObject { ["Reader"] = new JsonArray("src/reader/**"), ["Store"] = new JsonArray("src/store/**"), ["Web"] = new JsonArray("src/web/**") },
        };
        git.Write("kfm.json", settings.ToJsonString());
        git.Write("docs/a.md", "one\ntwo\n");
        git.Write("src/reader/Reader.csproj", """<Project><ItemGroup><ProjectReference Include="..\store\Store.csproj" /></ItemGroup></Project>""");
        git.Write("src/reader/rows.schema.json", "{}");
        git.Write("src/store/Store.csproj", "<Project />");
        git.Write("src/web/Web.csproj", "no project at all");
        git.Commit("base");
        return git;
    }

    private Task<CommandResult> RunAsync(GitRepository git, string intent, string name) => _host.RunAsync(
        "run", "--repo", git.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch), "--intent", intent, "--out", _host.PathOf(name));

    public void Dispose() => _host.Dispose();
}
