using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Tests.Formats;
using Kfm.Provenance.Digests;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Report;

public sealed class FocusCommandTests : IDisposable
{
    private readonly KfmHost _host = new();

    public static TheoryData<string> Bundles => ["allowed", "review", "denied"];

    [Theory]
    [MemberData(nameof(Bundles))]
    public async Task Summary_of_a_bundle_meets_its_schema_and_is_checked_against_the_record(string name)
    {
        var printed = await _host.RunAsync("focus", Golden(name), "--json");
        var check = await _host.RunAsync("focus", Golden(name), "--check", _host.Write("focus.json", printed.Output));

        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.Empty(SchemaFiles.Compile("focus-v1").Validate(Encoding.UTF8.GetBytes(printed.Output)).Errors);
        Assert.Equal((0, "the summary states nothing but the record\n"), (check.ExitCode, check.Output.ReplaceLineEndings("\n")));
        Assert.True(JsonNode.Parse(printed.Output)!["sentences"]!.AsArray().Count > 8);
    }

    [Fact]
    public async Task Approval_is_stated_only_when_the_caller_names_whom_to_trust()
    {
        var alone = await _host.RunAsync("focus", Golden("review"));
        var trusted = await _host.RunAsync("focus", Golden("review"), "--trust", Trust);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Golden("review"), "approvals")));

        Assert.Contains("Whether it was given is not known here.", alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("counts", alone.Output, StringComparison.Ordinal);
        Assert.Contains($"- The approval of `person:lead` with the role `lead` counts. (`approvals/{Path.GetFileName(file)}#sha256:{Digest.OfFile(file).Hex[..12]}`)", trusted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_bundle_that_is_refused()
    {
        using var demo = new DemoRun();
        var copy = demo.NewDirectory();
        DirectoryTree.Copy(Golden("review"), copy);
        await File.AppendAllTextAsync(Path.Combine(copy, "patch.diff"), "+x\n");
        var result = await _host.RunAsync("focus", copy, "--trust", Trust);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("artifact.digest", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_that_somebody_edited_is_refused_with_its_place()
    {
        var printed = await _host.RunAsync("focus", Golden("review"), "--json");
        var edited = printed.Output.Replace("Whether it was given is not known here.", "It was given.", StringComparison.Ordinal);
        var result = await _host.RunAsync("focus", Golden("review"), "--check", _host.Write("edited.json", edited));

        Assert.NotEqual(printed.Output, edited);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("text (at \"/sentences/", result.Output, StringComparison.Ordinal);
        Assert.Contains("missing: a summary must say: Before a merge", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_in_a_bundle_is_verified()
    {
        using var repository = new SmallRepository();
        var bundle = _host.PathOf("out");
        await _host.RunAsync("run", "--repo", repository.Path, "--intent", "Document it", "--patch", _host.Write("p.diff", SmallRepository.Patch), "--out", bundle, "--run-id", "run-1");
        var path = Path.Combine(bundle, "pr", "focus.json");
        var before = await _host.RunAsync("verify", bundle, "--json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("The verdict of the policies is", "Everybody approved, and the verdict is", StringComparison.Ordinal));
        var after = await _host.RunAsync("verify", bundle, "--json");

        Assert.Contains("\"findings\":[]", before.Output, StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"focus.text\"", after.Output, StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"focus\"", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_summary_is_an_error_in_one_line()
    {
        var result = await _host.RunAsync("focus", Golden("denied"), "--check", _host.Write("x.json", "{}"));

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("kfm: focus: ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private static string Golden(string name) => RepositoryRoot.Combine("tests", "golden", "v1", name);

    private static string Trust => RepositoryRoot.Combine("tests", "golden", "v1", "trust.json");
}
