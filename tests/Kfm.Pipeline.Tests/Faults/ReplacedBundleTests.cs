using Kfm.Ledger.Tests.Faults;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>A stage that is killed while its bundle takes the place of the one before.</summary>
public sealed class ReplacedBundleTests : IDisposable
{
    private readonly KfmProcess _kfm = new();
    private readonly SmallRepository _repository = new();

    private string Bundle => _kfm.PathOf("out");

    private string[] Preview => ["preview", "--repo", _repository.Path, "--out", Bundle];

    [StraceFact]
    public async Task Kill_at_the_exchange_leaves_a_whole_bundle()
    {
        await ProposeAsync();
        var before = DirectoryTree.Files(Bundle);
        var killed = await _kfm.RunAsync(Preview, Strace("renameat2", "inject=renameat2:signal=KILL"));
        Assert.Contains("SIGKILL", File.ReadAllText(_kfm.PathOf("trace")), StringComparison.Ordinal);
        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal(before, DirectoryTree.Files(Bundle));
        await _kfm.ExpectAsync(0, Preview);
    }

    [StraceFact]
    public async Task Kill_between_two_renames_is_told_and_the_next_stage_puts_the_bundle_back()
    {
        await ProposeAsync();
        await _kfm.RunAsync(Preview, Strace("renameat2,rename", "inject=renameat2:error=EINVAL", "inject=rename:signal=KILL:when=2"));
        Assert.False(Directory.Exists(Bundle), File.ReadAllText(_kfm.PathOf("trace")));
        Assert.Contains("was killed while it replaced the bundle", (await _kfm.ExpectAsync(1, "verify", Bundle)).Error, StringComparison.Ordinal);
        await RestoredAsync();
    }

    [Fact]
    public async Task Bundle_that_was_moved_away_is_refused_and_then_put_back()
    {
        await ProposeAsync();
        Directory.Move(Bundle, _kfm.PathOf(".out.4711.tmp.old"));
        var error = (await _kfm.ExpectAsync(1, "verify", Bundle)).Error;
        Assert.Contains("'.out.4711.tmp.old' beside it is the bundle as it was. Run the stage again, which puts it back, or rename it.", error, StringComparison.Ordinal);
        await RestoredAsync();
    }

    [Fact]
    public async Task Run_does_not_write_over_a_bundle_that_was_moved_away()
    {
        await ProposeAsync();
        Directory.Move(Bundle, _kfm.PathOf(".out.4711.tmp.old"));
        Assert.Contains("exists and is not empty", (await _kfm.ExpectAsync(1, _kfm.Run(_repository, Bundle))).Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Bundle, BundleFiles.Intent)));
    }

    [Theory]
    [InlineData(".out.b.4711.tmp.old")]
    [InlineData(".out.4711.tmp")]
    [InlineData(".out..tmp.old")]
    public async Task Directory_of_another_name_is_not_taken_for_the_bundle(string name)
    {
        Directory.CreateDirectory(_kfm.PathOf(name));
        Assert.Contains("is not a directory, so it is no bundle", (await _kfm.ExpectAsync(1, "verify", Bundle)).Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _repository.Dispose();
        _kfm.Dispose();
    }

    private Task ProposeAsync() => _kfm.ExpectAsync(0, ["propose", .. _kfm.Run(_repository, Bundle)[1..^2]]);

    private async Task RestoredAsync()
    {
        await _kfm.ExpectAsync(0, Preview);
        Assert.True(File.Exists(Path.Combine(Bundle, BundleFiles.Intent)));
        Assert.Empty(Directory.EnumerateDirectories(_kfm.Folder, "*.old"));
    }

    private string[] Strace(string calls, params string[] faults) =>
        ["strace", "-f", "-q", "-o", _kfm.PathOf("trace"), "-e", "trace=" + calls, .. faults.SelectMany(f => (string[])["-e", f])];
}
