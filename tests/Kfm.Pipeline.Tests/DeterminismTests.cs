using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class DeterminismTests : IDisposable
{
    private static readonly string[] Same =
    [
        BundleFiles.Evidence, BundleFiles.Prov, BundleFiles.Lineage, BundleFiles.Context, BundleFiles.Decision, BundleFiles.Intent,
        BundleFiles.Design, BundleFiles.Patch, BundleFiles.Manifest, BundleFiles.Comment, BundleFiles.Body, BundleFiles.Focus, BundleFiles.FocusText, BundleFiles.Report,
    ];

    private readonly KfmHost _host = new();
    private readonly SmallRepository _repository = new(s => s["build"] = SmallRepository.Build("mkdir out; cp docs/a.md out/"));

    [Fact]
    public async Task Two_runs_under_one_clock_are_the_same()
    {
        await RunAsync("one", new SteppingTimeProvider());
        await RunAsync("two", new SteppingTimeProvider());
        AssertSame("one", "two");
    }

    [Fact]
    public async Task Stages_in_jobs_of_their_own_give_what_one_process_gives()
    {
        await RunAsync("one", new SteppingTimeProvider());
        var time = new SteppingTimeProvider();
        var bundle = _host.PathOf("jobs");
        string[] repo = ["--repo", _repository.Path];
        await _host.RunAsync(time, ["propose", .. Proposal("jobs")]);
        await _host.RunAsync(time, ["preview", "--out", bundle, .. repo]);
        await _host.RunAsync(time, ["qa", "--out", bundle, .. repo]);
        await _host.RunAsync(time, ["provenance", "--out", bundle]);
        await _host.RunAsync(time, ["gate", "--out", bundle, .. repo]);
        var last = await _host.RunAsync(time, ["pr", "--out", bundle]);
        Assert.True(File.Exists(Path.Combine(bundle, BundleFiles.LedgerProof)), last.Output + last.Error);
        AssertSame("one", "jobs");
    }

    [Fact]
    public async Task Two_runs_under_the_real_clock_make_and_decide_the_same()
    {
        await RunAsync("one", TimeProvider.System);
        await RunAsync("two", TimeProvider.System);
        string[] made = [BundleFiles.Patch, BundleFiles.Manifest];
        Assert.All(made, file => Assert.Equal(Bytes("one", file), Bytes("two", file)));
        var (one, two) = (Decision.Parse(Bytes("one", BundleFiles.Decision)), Decision.Parse(Bytes("two", BundleFiles.Decision)));
        Assert.Equal((one.Verdict, one.PolicySet), (two.Verdict, two.PolicySet));
        Assert.Equal(one.Reasons, two.Reasons);
    }

    public void Dispose()
    {
        _repository.Dispose();
        _host.Dispose();
    }

    private string[] Proposal(string name) =>
    [
        "--repo", _repository.Path, "--intent", "Document it", "--patch", _host.Write("p.diff", SmallRepository.Patch), "--out", _host.PathOf(name), "--run-id", "run-1",
    ];

    private async Task RunAsync(string name, TimeProvider time)
    {
        var result = await _host.RunAsync(time, ["run", .. Proposal(name)]);
        Assert.True(result.ExitCode != 1, result.Output + result.Error);
    }

    private byte[] Bytes(string bundle, string file) => File.ReadAllBytes(Path.Combine(_host.PathOf(bundle), file));

    private void AssertSame(string one, string two)
    {
        foreach (var file in Same)
        {
            Assert.Equal(File.ReadAllText(_host.PathOf($"{one}/{file}")), File.ReadAllText(_host.PathOf($"{two}/{file}")));
        }
    }
}
