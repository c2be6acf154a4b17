using System.Runtime.Versioning;
using System.Text;
using Kfm.Agent.Git;
using Kfm.Agent.Processes;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Git;

[UnsupportedOSPlatform("windows")]
public sealed class SourceRepositoryTests : IDisposable
{
    private static readonly ProcessRunner Runner = new(new ProcessTimer(TimeProvider.System));
    private readonly GitRepository _files = new();

    public SourceRepositoryTests()
    {
        _files.Write("a.txt", "one\n");
        _files.Write("dir/b.txt", "b\n");
        _files.Write("*.txt", "star\n");
        Base = _files.Commit("base");
    }

    private string Base { get; }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Directory_that_is_no_repository_is_a_typed_error()
    {
        using var empty = new TemporaryDirectory();

        var error = await Assert.ThrowsAsync<GitException>(() => SourceRepository.OpenAsync(Runner, empty.Path));

        Assert.Equal("rev-parse", error.Command);
        Assert.Contains("not a git repository", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_that_is_not_there_is_a_typed_error() =>
        await Assert.ThrowsAsync<ProcessStartException>(() => SourceRepository.OpenAsync(Runner, "/no/such/directory"));

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--all")]
    [InlineData("")]
    [InlineData("HEAD:a.txt")]
    public async Task Name_that_is_no_commit_is_a_typed_error(string name)
    {
        var source = await OpenAsync();

        await Assert.ThrowsAsync<GitException>(() => source.ResolveAsync(name));
    }

    [Fact]
    public async Task Names_resolve_to_commits()
    {
        var source = await OpenAsync();

        Assert.Equal(Base, await source.ResolveAsync("HEAD"));
        Assert.Equal(Base, await source.ResolveAsync("main"));
        await Assert.ThrowsAsync<ArgumentException>(() => source.TreeIdAsync("main"));
    }

    [Fact]
    public async Task Files_are_read_as_a_commit_has_them()
    {
        _files.Write("a.txt", "changed\n");
        var source = await OpenAsync();

        Assert.Equal("one\n", Encoding.UTF8.GetString((await source.ReadAtCommitAsync(Base, "a.txt"))!));
        Assert.Equal("star\n", Encoding.UTF8.GetString((await source.ReadAtCommitAsync(Base, "*.txt"))!));
        Assert.Null(await source.ReadAtCommitAsync(Base, "dir"));
        Assert.Null(await source.ReadAtCommitAsync(Base, "none"));
        Assert.Null(await source.ReadAtCommitAsync(Base, "../a.txt".Replace("..", "x", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tree_id_is_the_one_of_git()
    {
        _files.Write("dir.txt", "sorts between");
        _files.Write("dir-", "sorts before");
        _files.Write("z/\ud83d\ude00", "");
        _files.Write("z/\uff41", "");
        var commit = _files.Commit("more");
        var source = await OpenAsync();

        var tree = await source.ReadTreeAsync(commit);

        Assert.Equal(await source.TreeIdAsync(commit), tree.ComputeId());
        Assert.Equal("5626abf0f72e58d7a153368ba57db4c673c0e171", GitTree.BlobId("one\n"u8));
    }

    [Fact]
    public async Task Empty_tree_has_its_id() =>
        Assert.Equal((await new GitCommand(Runner, _files.Path).LineAsync(["hash-object", "-t", "tree", "--stdin"])), new GitTree([]).ComputeId());

    [Fact]
    public async Task Clone_shares_nothing_and_goes_away()
    {
        var source = await OpenAsync();
        using var temporary = new TemporaryDirectory();
        string directory;

        await using (var clone = await EphemeralClone.CreateAsync(source, Base, temporary.Path))
        {
            directory = clone.Directory;
            Assert.Equal("one\n", File.ReadAllText(Path.Combine(directory, "a.txt")));
            Assert.Equal("", await clone.Git.LineAsync(["remote"]));
            Assert.False(File.Exists(Path.Combine(directory, ".git/objects/info/alternates")));
            await clone.ExportAsync(Base, temporary.Combine("export"));
            File.CreateSymbolicLink(Path.Combine(directory, "link"), _files.Path);
            var locked = Directory.CreateDirectory(Path.Combine(directory, "locked/inner")).Parent!;
            locked.UnixFileMode = UnixFileMode.None;
        }

        Assert.False(Directory.Exists(directory));
        Assert.True(File.Exists(Path.Combine(_files.Path, "a.txt")));
        Assert.Equal("b\n", File.ReadAllText(temporary.Combine("export/dir/b.txt")));
        Assert.False(Directory.Exists(temporary.Combine("export/.git")));
    }

    [Fact]
    public async Task Clone_of_a_repository_that_borrows_objects_has_its_own()
    {
        using var temporary = new TemporaryDirectory();
        _files.Run("clone", "--quiet", "--shared", "--", _files.Path, temporary.Combine("borrower"));
        var source = await SourceRepository.OpenAsync(Runner, temporary.Combine("borrower"));
        Assert.True(File.Exists(temporary.Combine("borrower/.git/objects/info/alternates")));

        await using var clone = await EphemeralClone.CreateAsync(source, Base, temporary.Path);

        Assert.False(File.Exists(Path.Combine(clone.Directory, ".git/objects/info/alternates")));
        Assert.Equal(Base, await clone.Git.LineAsync(["rev-parse", "HEAD"]));
    }

    [Fact]
    public async Task Cancelled_clone_leaves_nothing()
    {
        var source = await OpenAsync();
        using var temporary = new TemporaryDirectory();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EphemeralClone.CreateAsync(source, Base, temporary.Path, cancelled.Token));

        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task Proposal_branch_is_never_moved()
    {
        var source = await OpenAsync();
        using var temporary = new TemporaryDirectory();
        await using var clone = await EphemeralClone.CreateAsync(source, Base, temporary.Path);
        var other = _files.Commit("other");
        _files.Run("branch", "ai/proposal/1", other);

        await Assert.ThrowsAsync<GitException>(() => source.PublishAsync(clone, Base, "ai/proposal/1"));
        await source.PublishAsync(clone, Base, "ai/proposal/2");
        await source.PublishAsync(clone, Base, "ai/proposal/2");

        Assert.Equal(other, await source.ResolveAsync("ai/proposal/1"));
        Assert.Equal(Base, await source.ResolveAsync("ai/proposal/2"));
        await Assert.ThrowsAsync<GitException>(() => source.PublishAsync(clone, Base, "ai/../main"));
    }

    [Fact]
    public async Task Hooks_and_settings_of_the_repository_do_not_run()
    {
        var mark = Path.Combine(_files.Path, "ran");
        foreach (var hook in new[] { "post-checkout", "reference-transaction", "post-index-change" })
        {
            var path = _files.Write(".git/hooks/" + hook, $"#!/bin/sh\ntouch '{mark}'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _files.Run("config", "core.fsmonitor", $"touch '{mark}'");
        _files.Run("config", "diff.external", $"touch '{mark}'");
        File.Delete(mark);
        var source = await OpenAsync();
        using var temporary = new TemporaryDirectory();

        await using var clone = await EphemeralClone.CreateAsync(source, Base, temporary.Path);
        await source.PublishAsync(clone, Base, "ai/proposal/3");
        await source.DiffAsync(Base, Base);

        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task Difference_does_not_depend_on_settings()
    {
        _files.Write("a.txt", "two\n");
        var head = _files.Commit("head");
        var source = await OpenAsync();
        var before = await source.DiffAsync(Base, head);
        foreach (var (key, value) in new[] { ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("diff.context", "0"), ("color.ui", "always"), ("diff.renames", "false"), ("diff.orderFile", "/nowhere"), ("diff.suppressBlankEmpty", "true"), ("diff.renameLimit", "1") })
        {
            _files.Run("config", key, value);
        }

        Assert.Equal(Encoding.UTF8.GetString(before.Span), Encoding.UTF8.GetString((await source.DiffAsync(Base, head)).Span));
        Assert.Equal(Base, await source.MergeBaseAsync(Base, head));
    }

    private Task<SourceRepository> OpenAsync() => SourceRepository.OpenAsync(Runner, _files.Path);
}
