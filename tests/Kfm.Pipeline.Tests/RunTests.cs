using Kfm.Ledger.Verification;
using Kfm.Pipeline.Bundles;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class RunTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Repository_without_configuration_is_allowed_a_change_of_its_documents()
    {
        using var git = new GitRepository();
        git.Write("README.md", "one\n");
        git.Commit("base");
        git.Write("README.md", "one\ntwo\n");
        git.Commit("change");
        var result = await _host.RunAsync("run", "--repo", git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Fact]
    public async Task Repository_without_dotnet_is_built_and_judged()
    {
        using var git = new GitRepository();
        DirectoryTree.Copy(RepositoryRoot.Combine("samples", "targets", "field-notes"), git.Path);
        git.Write(".kfm/people.json", """{"formatVersion":1,"people":[]}""");
        git.Commit("base");
        git.Write("notes/new.md", "A note.\n");
        git.Commit("change");
        var result = await _host.RunAsync("run", "--repo", git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"));
        Assert.Contains("1 artifacts, two builds the same", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_host.PathOf("out/" + BundleFiles.Seal)), result.Output + result.Error);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Fact]
    public async Task Two_runs_at_once_share_one_ledger()
    {
        using var repository = new SmallRepository();
        var patch = _host.Write("p.diff", SmallRepository.Patch);
        var runs = new[] { "one", "two" }.Select(name => Task.Run(() => _host.RunAsync(
            "run", "--repo", repository.Path, "--patch", patch, "--intent", "Document it", "--run-id", name, "--out", _host.PathOf(name), "--ledger", _host.PathOf("log.db"))));
        var results = await Task.WhenAll(runs);
        Assert.All(results, r => Assert.True(r.ExitCode == 0, r.Output + r.Error));
        Assert.True(LogVerifier.Verify(_host.PathOf("log.db"), []).IsSound);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("one"))).ExitCode);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("two"))).ExitCode);
    }

    [Fact]
    public async Task Protected_path_makes_the_proposal_critical()
    {
        using var git = new GitRepository();
        git.Write("README.md", "one\n");
        git.Commit("base");
        git.Write(".github/workflows/x.yml", "on: push\n");
        git.Commit("change");
        var result = await _host.RunAsync("run", "--repo", git.Path, "--head", "HEAD", "--intent", "Document it", "--out", _host.PathOf("out"), "--json");

        // Low by its intent; the path raises it, and a critical change without tests is not even reviewed.
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("protected_paths", result.Output, StringComparison.Ordinal);
        Assert.Contains("tier_critical", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();
}
