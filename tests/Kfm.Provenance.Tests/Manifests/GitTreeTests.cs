using System.Runtime.Versioning;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

[UnsupportedOSPlatform("windows")]
public sealed class GitTreeTests
{
    // Folders of some thousand files each, separated by colons: KFM_GIT_TREES=/usr/include:/usr/share/dotnet:/usr/lib/node_modules.
    private static string[] LargeTrees => Environment.GetEnvironmentVariable("KFM_GIT_TREES") is { Length: > 0 } named ? named.Split(':') : [];

    [Fact]
    public void Tree_id_is_that_of_git()
    {
        using var git = new GitRepository();
        Fill(git);

        Assert.Equal(Written(git), GitTree.IdOfDirectory(git.Path));
    }

    [Fact]
    public void Tree_id_in_sha256_is_that_of_git()
    {
        using var git = new GitRepository();
        Directory.Delete(Path.Combine(git.Path, ".git"), recursive: true);
        git.Run("init", "--quiet", "--object-format=sha256");
        Fill(git);

        Assert.Equal(Written(git), GitTree.IdOfDirectory(git.Path, GitObjectFormat.Sha256));
    }

    [Fact]
    public void Empty_tree_has_the_id_that_git_knows()
    {
        using var folder = new TemporaryDirectory();

        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", GitTree.IdOfDirectory(folder.Path));
    }

    [Fact]
    public void Repository_inside_is_refused()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("sub/.git/HEAD", "");

        Assert.Equal("sub/.git", Assert.Throws<RelativePathException>(() => GitTree.IdOfDirectory(folder.Path)).Path);
    }

    [Fact]
    public void Tree_ids_of_large_trees_are_those_of_git() => Assert.All(LargeTrees, source =>
    {
        using var git = new GitRepository();
        CopyTree(source, git.Path);

        Assert.Equal(Written(git), GitTree.IdOfDirectory(git.Path));
    });

    [Fact]
    public void Tree_of_many_files_links_and_modes_is_that_of_git()
    {
        using var git = new GitRepository();
        var random = new Random(20261122);
        for (var i = 0; i < 1500; i++)
        {
            var path = git.Write($"{(char)('a' + random.Next(5))}/{random.Next(30)}{(random.Next(2) == 0 ? ".d" : "")}/f{i}", new string('x', random.Next(300)));
            if (random.Next(10) == 0)
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
            }
            else if (random.Next(10) == 0)
            {
                File.Delete(path);
                File.CreateSymbolicLink(path, random.Next(2) == 0 ? "../nowhere" : "/etc");
            }
        }

        Assert.Equal(Written(git), GitTree.IdOfDirectory(git.Path));
    }

    private static void Fill(GitRepository git)
    {
        git.Write("a.b", "1");
        git.Write("a/c", "2");
        git.Write("a0", "3");
        git.Write("deep/er/est", "");
        git.Write("deep/er.txt", "4");
        git.Write("ä/é", "5");
        git.Write("\U0001f600", "6");
        git.Write("\uff5e", "7");
        git.Write("a line\nand\\another", "8");
        git.Write(".gitignore", "ignored\n");
        git.Write("ignored", "9");
        File.SetUnixFileMode(git.Write("run", "10"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(git.Write("group", "11"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute);
        File.CreateSymbolicLink(Path.Combine(git.Path, "link"), "a/c");
        File.CreateSymbolicLink(Path.Combine(git.Path, "folder-link"), "deep");
        File.CreateSymbolicLink(Path.Combine(git.Path, "broken"), "/nowhere");
        Directory.CreateDirectory(Path.Combine(git.Path, "empty"));
    }

    private static string Written(GitRepository git)
    {
        git.Run("-c", "core.autocrlf=false", "add", "--all", "--force");
        return git.Run("write-tree").TrimEnd();
    }

    private static void CopyTree(string source, string target)
    {
        using var copy = System.Diagnostics.Process.Start("cp", ["-a", source + "/.", target]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
        foreach (var inner in Directory.EnumerateDirectories(target, ".git", SearchOption.AllDirectories).Where(d => Path.GetDirectoryName(d) != target).ToList())
        {
            Directory.Delete(inner, recursive: true);
        }
    }
}
