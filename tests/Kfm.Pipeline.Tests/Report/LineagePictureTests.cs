using System.Text.RegularExpressions;
using Kfm.Agent.Tests.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Report;

public sealed class LineagePictureTests
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    public static TheoryData<string> Bundles => ["allowed", "review", "denied"];

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Every_link_of_a_page_leads_to_a_place_of_it_or_to_a_file_of_the_bundle(string name)
    {
        var folder = Golden(name);
        var page = Page(folder);
        var ids = Matches(page, " id=\"(?<v>[^\"]*)\"").ToHashSet(StringComparer.Ordinal);
        var targets = Matches(page, " href=\"(?<v>[^\"]*)\"");

        Assert.All(targets.Where(t => t[0] == '#'), t => Assert.Contains(t[1..], ids));
        Assert.All(targets.Where(t => t[0] != '#'), t => Assert.True(File.Exists(Path.Combine(folder, Uri.UnescapeDataString(t))), t));
        Assert.True(targets.Length > 40, $"{targets.Length} links");
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Same_bundle_gives_the_same_bytes(string name) => Assert.Equal(Page(Golden(name)), Page(Golden(name)));

    [Fact]
    public void Runs_artifacts_and_actors_are_boxes_with_links_and_rows_of_a_table()
    {
        var page = Page(Golden("review"));
        var boxes = Matches(page, "<a class=\"node [a-z]+\" href=\"#[a-z0-9-]+\" aria-label=\"(?<v>[^\"]*)\">");

        Assert.All(
            ["ai:replay, proposer", "agent, succeeded", "gate, review", "patch.diff, patch", "manifest.json, manifest", "repo:kfm.json, config", "5 artifacts, policy", "wrote bom.cdx.json: sbom/bom.cdx.json"],
            name => Assert.Contains(name, boxes));
        Assert.Contains("The picture as a table", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_artifacts_are_one_box_and_two_hundred_rows()
    {
        Artifact[] artifacts = [.. Enumerable.Range(0, 200).Select(i => Output($"artifacts/out/{i:000}.dll"))];
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Record = new RecordedProposal(Verdict.Allow, [])
            {
                Facts = [.. artifacts, .. artifacts.Select(a => new Generated(new RunKey(Stage.Build), a.Digest))],
            },
        };
        var page = run.Page();

        Assert.Contains("aria-label=\"200 artifacts, output\"", page, StringComparison.Ordinal);
        Assert.True(Matches(page, "<a class=\"(?<v>node artifact)\"").Length <= 4);
        Assert.Equal(200, Matches(page, "<tr id=\"(?<v>artifact-[0-9]+)\"").Length);
    }

    [Fact]
    public void More_artifacts_than_the_page_lists_are_counted()
    {
        Artifact[] artifacts = [.. Enumerable.Range(0, 310).Select(i => Output($"artifacts/out/{i:000}.dll"))];
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Record = new RecordedProposal(Verdict.Allow, []) { Facts = [.. artifacts, .. artifacts.Select(a => new Generated(new RunKey(Stage.Build), a.Digest))] },
        };

        Assert.Contains("10 more are not shown here", run.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_this_version_does_not_know_are_shown()
    {
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Record = new RecordedProposal(Verdict.Allow, [])
            {
                Facts = [RecordedProposal.Label(Stage.Qa, "weather.kind", "fog"), RecordedProposal.Measure(Stage.Qa, "weather.wind", 7.5)],
            },
        };
        var page = run.Page();

        Assert.Matches("<code>weather.kind</code></th><td>fog</td><td>qa</td>", page);
        Assert.Matches("<code>weather.wind</code></th><td>7.5</td>", page);
    }

    private static Artifact Output(string name) =>
        new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)), name, "application/octet-stream", 10, ArtifactRole.Output);

    private static string Golden(string name) => RepositoryRoot.Combine("tests", "golden", "v1", name);

    private static string Page(string folder)
    {
        using var bundle = RunBundle.Read(folder);
        return ReportPage.Write(RunView.Of(bundle));
    }

    private static string[] Matches(string page, string pattern) =>
        [.. Regex.Matches(page, pattern, Options, TimeSpan.FromSeconds(5)).Select(m => m.Groups["v"].Value)];
}
