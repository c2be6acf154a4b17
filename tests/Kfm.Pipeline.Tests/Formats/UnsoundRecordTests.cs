using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>Facts that make no record end as a denied run that says why, not as a crash.</summary>
public sealed class UnsoundRecordTests : IDisposable
{
    private readonly GitRepository _repository = new();
    private readonly DemoRun _host = new();

    public void Dispose()
    {
        _host.Dispose();
        _repository.Dispose();
    }

    [Fact]
    public async Task Facts_that_contradict_each_other_deny()
    {
        _repository.Write("kfm.json", """{"formatVersion":1,"project":{"name":"unsound"}}""");
        _repository.Write("README.md", "One.\n");
        _repository.Commit("Start");
        _repository.Write("README.md", "Two.\n");
        _repository.Commit("Say two");
        var bundle = Path.Combine(_host.NewDirectory(), "bundle");
        await RunAsync("propose", "--repo", _repository.Path, "--head", "HEAD", "--intent", "Document two.", "--author", "person:ada", "--out", bundle);
        await RunAsync("preview", "--repo", _repository.Path, "--out", bundle);
        await RunAsync("qa", "--repo", _repository.Path, "--out", bundle);

        var path = Path.Combine(bundle, BundleFiles.Evidence);
        var broken = EvidenceBuilder.Load(File.ReadAllBytes(path)).Add(new Generated(new RunKey(Stage.Build), Digest.Of("nothing"u8)));
        File.WriteAllBytes(path, broken.ToJson());

        await RunAsync("provenance", "--out", bundle);
        await RunAsync("gate", "--repo", _repository.Path, "--out", bundle);
        await RunAsync("pr", "--out", bundle);
        using var read = RunBundle.Read(bundle);
        var decision = EvidenceGraph.Parse(read.Bytes(BundleFiles.Evidence)).Decision!;
        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Contains(decision.Reasons, r => r.Contains("record.sound", StringComparison.Ordinal));
        Assert.True(read.Has(BundleFiles.Seal));
    }

    private async Task RunAsync(params string[] args)
    {
        var result = await _host.RunAsync(args);
        Assert.True(result.ExitCode != Commands.ExitCode.Error, $"{args[0]}: {result.Output}{result.Error}");
    }
}
