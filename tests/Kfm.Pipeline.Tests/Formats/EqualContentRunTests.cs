using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>A build that copies what was read, writes empty files and leaves a pipe is a legitimate one.</summary>
public sealed class EqualContentRunTests : IDisposable
{
    private const string Settings =
        """
        {
          "formatVersion": 1,
          "project": { "name": "copies" },
          "build": {
            "command": ["sh", "-c", "mkdir out && cp README.md kfm.json a.csv a.schema.json a.labels.json out/ && : > out/empty && : > out/other && mkfifo out/pipe"],
            "artifacts": ["out/**"]
          },
          "contracts": [{ "data": "a.csv", "schema": "a.schema.json" }],
          "data": [{ "path": "a.csv", "labels": "a.labels.json" }]
        }
        """;

    private readonly GitRepository _repository = new();
    private readonly DemoRun _host = new();

    public void Dispose()
    {
        _host.Dispose();
        _repository.Dispose();
    }

    [Fact]
    public async Task Run_with_equal_contents_is_recorded_and_verified()
    {
        _repository.Write("kfm.json", Settings);
        _repository.Write("a.csv", "id\n1\n");
        _repository.Write("a.schema.json", """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"id":{"type":"integer"}},"additionalProperties":false}""");
        _repository.Write("a.labels.json", """{"care":["public"],"sovereignty":["none"],"sensitivity":["low"],"ai":["allowed"]}""");
        _repository.Write("README.md", "One.\n");
        _repository.Commit("Start");
        _repository.Write("README.md", "Two.\n");
        _repository.Commit("Say two");
        var bundle = Path.Combine(_host.NewDirectory(), "bundle");

        var run = _host.RunAsync("run", "--repo", _repository.Path, "--head", "HEAD", "--intent", "Document two.", "--author", "person:ada", "--out", bundle);
        var result = await run.WaitAsync(TimeSpan.FromMinutes(3));

        Assert.True(result.ExitCode is 0 or 2 or 3, result.Output + result.Error);
        using var read = RunBundle.Read(bundle);
        var facts = EvidenceGraph.Parse(read.Bytes(BundleFiles.Evidence)).Facts;
        Assert.Contains(facts.Of<Tested>(), t => t is { Name: "build.succeeded", Status: CheckStatus.Passed });
        Assert.Equal(["artifacts/out/empty", "artifacts/out/other"], facts.Find(Digest.Of([])).Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.True(facts.Artifacts.GroupBy(a => a.Digest).Count(g => g.Count() > 1) >= 3, "the build copied what the run read");
        Assert.DoesNotContain(facts.Artifacts, a => a.Name.EndsWith("pipe", StringComparison.Ordinal));
        Assert.DoesNotContain(facts.Decision!.Reasons, r => r.Contains("consistency", StringComparison.Ordinal));
        var verified = VerifyResult.Of(await _host.RunAsync("verify", bundle, "--json"));
        Assert.Empty(verified.Findings);
    }
}
