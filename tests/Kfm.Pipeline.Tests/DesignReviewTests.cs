using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Codegen;
using Kfm.Agent.Git;
using Kfm.Agent.Intents;
using Kfm.Agent.Processes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Demo;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class DesignReviewTests : IDisposable
{
    private const string Asked = "Tighten the login check";
    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();
    private readonly DemoKeys _keys;

    public DesignReviewTests()
    {
        _keys = DemoKeys.Create(_host.PathOf("keys"));
        _git.Write("kfm.json", """{"formatVersion":1,"project":{"name":"p"},"people":"people.json"}""");
        _git.Write("people.json", Encoding.UTF8.GetString(_keys.PeopleFile()));
        _git.Write("docs/a.md", "one\ntwo\n");
        _git.Commit("base");
    }

    [Fact]
    public async Task Without_a_review_no_model_is_asked_and_the_run_stops_after_the_design()
    {
        // The file of answers does not exist: whoever opens it fails.
        var result = await RunAsync("out", Asked, _host.PathOf("none.json"), "--json");

        Assert.True(result.ExitCode == 3, result.Output + result.Error);
        var json = JsonNode.Parse(result.Output)!;
        Assert.Equal("review", (string?)json["verdict"]);
        Assert.Equal("review: a review of the design by manager or security is missing", (string?)json["reasons"]![0]);
        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var facts = new FactQuery(OpenLayer.Read(bundle).Facts);
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Succeeded, RunOutcome.Skipped], facts.Runs.Select(r => r.Outcome));
        Assert.Equal(CheckStatus.Skipped, facts.Check("design.reviewed")!.Status);
        Assert.False(bundle.Has(BundleFiles.Patch) || bundle.Has(BundleFiles.Decision) || bundle.Has(BundleFiles.Seal));
        Assert.Equal(1, (await _host.RunAsync("preview", "--repo", _git.Path, "--out", _host.PathOf("out"))).ExitCode);
    }

    [Fact]
    public async Task Reviewed_design_lets_the_model_be_asked_and_verify_counts_the_review_again()
    {
        var review = await ReviewAsync(Asked, "manager", "manager");
        var result = await RunAsync("out", Asked, await ReplayAsync(Asked), "--design-review", review);

        using var bundle = RunBundle.Read(_host.PathOf("out"));
        var facts = new FactQuery(OpenLayer.Graph(bundle).Facts.Facts);
        Assert.True(facts.Check("design.reviewed")!.Status == CheckStatus.Passed, result.Output + result.Error);
        Assert.Contains(facts.All<AssociatedWith>(), a => a is { Actor: "person:manager", Role: "reviewer", Run.Stage: Stage.Design });
        Assert.DoesNotContain("design.reviewed", bundle.Text(BundleFiles.Decision), StringComparison.Ordinal);
        var file = Assert.Single(bundle.Files(), f => f.StartsWith(BundleFiles.DesignReviews, StringComparison.Ordinal));
        Assert.DoesNotContain("design.review", (await _host.RunAsync("verify", _host.PathOf("out"))).Output, StringComparison.Ordinal);
        File.Copy(_host.PathOf("other.dsse.json"), Path.Combine(_host.PathOf("out"), file), overwrite: true);
        Assert.Contains("design.review", (await _host.RunAsync("verify", _host.PathOf("out"))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another design", "Loosen the login check", "manager", "manager", "person:asker", "it is about another design")]
    [InlineData("the author", Asked, "manager", "manager", "person:manager", "wrote the intent")]
    [InlineData("another's key", Asked, "manager", "lead", "person:asker", "no key that the people file gives person:manager has signed it")]
    [InlineData("a role that does not review", Asked, "lead", "lead", "person:asker", "is not reviewed by lead")]
    public async Task Review_that_does_not_count_stops_the_run(string what, string reviewed, string role, string key, string author, string reason)
    {
        var review = await ReviewAsync(reviewed, role, key);
        var result = await RunAsync("out", Asked, _host.PathOf("none.json"), "--design-review", review, "--author", author);

        Assert.True(result.ExitCode == 3, what + result.Output + result.Error);
        Assert.Contains(reason, result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Critical_design_needs_the_council_and_legal()
    {
        const string Critical = "Change the retention of personal data";
        var council = await ReviewAsync(Critical, "council", "council");
        var first = await RunAsync("one", Critical, _host.PathOf("none.json"), "--design-review", council);
        var legal = await ReviewAsync(Critical, "legal", "legal");
        var second = await RunAsync("two", Critical, await ReplayAsync(Critical), "--design-review", council, "--design-review", legal);

        Assert.Equal(3, first.ExitCode);
        Assert.Contains("review of the design by legal is missing", first.Output, StringComparison.Ordinal);
        using var bundle = RunBundle.Read(_host.PathOf("two"));
        Assert.True(new FactQuery(OpenLayer.Graph(bundle).Facts.Facts).Check("design.reviewed")!.Status == CheckStatus.Passed, second.Output + second.Error);
    }

    [Fact]
    public async Task Given_proposal_needs_no_review_of_a_design()
    {
        var patch = _host.Write("p.diff", SmallRepository.Patch);
        var result = await _host.RunAsync("run", "--repo", _git.Path, "--patch", patch, "--intent", Asked, "--out", _host.PathOf("out"));

        Assert.True(File.Exists(_host.PathOf("out/" + BundleFiles.Decision)), result.Output + result.Error);
        Assert.DoesNotContain("design.reviewed", File.ReadAllText(_host.PathOf("out/" + BundleFiles.Decision)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    /// <summary>Writes the design as a reviewer does, and signs it; a review of something else lies beside it.</summary>
    private async Task<string> ReviewAsync(string intent, string role, string key)
    {
        var (design, review) = (_host.PathOf("review/design.md"), _host.PathOf(role + ".dsse.json"));
        var written = await _host.RunAsync("design", "--repo", _git.Path, "--intent", intent, "--out", design);
        Assert.True(written.ExitCode == 0, written.Output + written.Error);
        var signed = await _host.RunAsync("review-design", design, "--role", role, "--person", "person:" + role, "--key", _keys.PathOf(key), "--out", review);
        Assert.True(signed.ExitCode == 0, signed.Output + signed.Error);
        var other = await _host.RunAsync("review-design", _host.Write("other.md", "x"), "--role", role, "--person", "person:" + role, "--key", _keys.PathOf(key), "--out", _host.PathOf("other.dsse.json"));
        Assert.True(other.ExitCode == 0, other.Output + other.Error);
        return review;
    }

    private async Task<string> ReplayAsync(string text)
    {
        var at = await RepositoryBase.OpenAsync(new ProcessRunner(new ProcessTimer(TimeProvider.System)), _git.Path, "HEAD", CancellationToken.None);
        var intent = IntentClassifier.Classify(new Intent(text, "command-line", null, "person:asker", at.Epoch), []);
        var design = await BaseDesign.CreateAsync(at, intent, CancellationToken.None);
        var request = await AgentRequest.CreateAsync(at, intent, design.Text, _ => { }, CancellationToken.None);
        var path = _host.PathOf("replay.json");
        await File.WriteAllBytesAsync(path, ReplayFile.Empty.Record(request, new CodegenResponse(SmallRepository.Patch, "1")).ToBytes());
        return path;
    }

    private Task<CommandResult> RunAsync(string name, string intent, string replay, params string[] more) => _host.RunAsync(
        ["run", "--repo", _git.Path, "--replay", replay, "--intent", intent, "--out", _host.PathOf(name), .. more]);
}
