using Kfm.Agent.Patches;

namespace Kfm.Agent.Tests.Patches;

public sealed class PatchRulesTests : IDisposable
{
    private readonly PatchRepository _repository = PatchRepository.With(("readme.md", "one\n"), ("src/a.txt", "a\n"), ("src/b.txt", "b\n"));

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData(".git/hooks/pre-commit", PatchRules.GitDirectory)]
    [InlineData("src/.GIT/config", PatchRules.GitDirectory)]
    [InlineData("GIT~1/config", PatchRules.GitDirectory)]
    [InlineData(".git /config", PatchRules.GitDirectory)]
    [InlineData(".git./config", PatchRules.GitDirectory)]
    [InlineData(".git::$INDEX_ALLOCATION/config", PatchRules.GitDirectory)]
    [InlineData(".g\u200cit/config", PatchRules.GitDirectory)]
    [InlineData("sub/.git", PatchRules.GitDirectory)]
    [InlineData(".gitmodules", PatchRules.Submodule)]
    [InlineData(".GitModules", PatchRules.Submodule)]
    [InlineData("gitmod~1", PatchRules.Submodule)]
    [InlineData("GI7EBA~1", PatchRules.Submodule)]
    [InlineData("gitatt~1", PatchRules.GitAttributes)]
    [InlineData("/etc/passwd", PatchRules.Path)]
    [InlineData("C:/windows", PatchRules.Path)]
    [InlineData("../outside", PatchRules.Path)]
    [InlineData("src/../../outside", PatchRules.Path)]
    [InlineData("src//x", PatchRules.Path)]
    [InlineData("src/./x", PatchRules.Path)]
    [InlineData("src\\\\x", PatchRules.Path)]
    [InlineData("src/x\\001", PatchRules.Path)]
    [InlineData("src/x\\000y", PatchRules.Path)]
    [InlineData("src/x\\n", PatchRules.Path)]
    [InlineData("README.md", PatchRules.Case)]
    [InlineData("SRC/new.txt", PatchRules.Case)]
    [InlineData("readme.md", PatchRules.Exists)]
    [InlineData("readme.md/x", PatchRules.DirectoryConflict)]
    [InlineData("src", PatchRules.DirectoryConflict)]
    public async Task Added_path_is_refused(string path, string rule)
    {
        var result = await _repository.ApplyAsync(
            $"diff --git \"a/{path}\" \"b/{path}\"\nnew file mode 100644\n--- /dev/null\n+++ \"b/{path}\"\n@@ -0,0 +1 @@\n+x\n");

        Assert.False(result.Applied);
        Assert.Null(result.TreeId);
        Assert.Contains(result.Findings, f => f.Rule == rule && f.Line == 1);
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".gitkeep")]
    [InlineData(".github/workflows/x.yml")]
    [InlineData("git")]
    [InlineData("src/.gitx")]
    [InlineData("src/git~1x")]
    public async Task Harmless_names_pass(string path)
    {
        var result = await _repository.ApplyAsync($"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n");

        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("* text=auto\\n", true)]
    [InlineData("*.sln text eol=crlf\\n", true)]
    [InlineData("# a comment\\n", true)]
    [InlineData("* filter=lfs\\n", false)]
    [InlineData("* -diff\\n", false)]
    [InlineData("*.cs diff=evil\\n", false)]
    [InlineData("* merge=ours\\n", false)]
    [InlineData("secret export-ignore\\n", false)]
    [InlineData("* working-tree-encoding=UTF-16\\n", false)]
    [InlineData("[attr]mine filter=x\\n", false)]
    [InlineData("\\\"a b\\\" filter=x\\n", false)]
    public async Task Attributes_may_set_line_endings_only(string line, bool passes)
    {
        var text = line.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
        var result = await _repository.ApplyAsync("diff --git a/.gitattributes b/.gitattributes\nnew file mode 100644\n--- /dev/null\n+++ b/.gitattributes\n@@ -0,0 +1 @@\n+" + text);

        Assert.Equal(passes, result.Applied);
        Assert.Equal(passes, !result.Findings.Any(f => f.Rule == PatchRules.GitAttributes));
    }

    [Theory]
    [InlineData("diff --git a/src/a.txt b/src/a.txt\nindex 1111111..2222222 100644\nBinary files a/src/a.txt and b/src/a.txt differ\n", PatchRules.Binary)]
    [InlineData("diff --git a/lib b/lib\nnew file mode 160000\nindex 0000000..1111111\n--- /dev/null\n+++ b/lib\n@@ -0,0 +1 @@\n+Subproject commit 1111111111111111111111111111111111111111\n", PatchRules.Submodule)]
    [InlineData("diff --git a/x b/x\nnew file mode 100664\nindex 0000000..e69de29\n", PatchRules.Mode)]
    [InlineData("diff --git a/src/a.txt b/src/a.txt\nold mode 100755\nnew mode 100644\n", PatchRules.Mode)]
    [InlineData("diff --git a/src/a.txt b/src/a.txt\nold mode 100644\nnew mode 120000\n", PatchRules.Mode)]
    [InlineData("diff --git a/none b/none\nold mode 100644\nnew mode 100755\n", PatchRules.Missing)]
    [InlineData("diff --git a/src/a.txt b/c\nsimilarity index 100%\nrename from src/a.txt\nrename to c\ndiff --git a/src/b.txt b/c\nsimilarity index 100%\nrename from src/b.txt\nrename to c\n", PatchRules.Duplicate)]
    [InlineData("diff --git a/src/a.txt b/c\nsimilarity index 100%\nrename from src/a.txt\nrename to c\ndiff --git a/src/a.txt b/d\nsimilarity index 100%\nrename from src/a.txt\nrename to d\n", PatchRules.Duplicate)]
    [InlineData("diff --git a/c b/c\nnew file mode 100644\nindex 0000000..e69de29\ndiff --git a/C b/C\nnew file mode 100644\nindex 0000000..e69de29\n", PatchRules.Case)]
    [InlineData("diff --git a/src/a.txt b/.gitattributes\nsimilarity index 100%\nrename from src/a.txt\nrename to .gitattributes\n", PatchRules.GitAttributes)]
    [InlineData("diff --git a/src/a.txt b/src/a.txt\n--- a/src/a.txt\n+++ b/src/a.txt\n@@ -1 +1 @@\n-other\n+x\n", PatchRules.Hunk)]
    [InlineData("diff --git a/src/a.txt b/src/a.txt\ndeleted file mode 100644\nindex 1111111..0000000\n", PatchRules.Hunk)]
    [InlineData("diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -1 +1 @@\n-x\n+y\n", PatchRules.Hunk)]
    public async Task Section_is_refused(string patch, string rule)
    {
        var result = await _repository.ApplyAsync(patch);

        Assert.False(result.Applied);
        Assert.Contains(result.Findings, f => f.Rule == rule);
    }

    [Theory]
    [InlineData("a.txt", true)]
    [InlineData("../readme.md", true)]
    [InlineData("./b.txt", true)]
    [InlineData("nowhere", true)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../../outside", false)]
    [InlineData("../.git/config", false)]
    [InlineData("..\\outside", false)]
    [InlineData("C:/x", false)]
    public async Task Link_must_stay_inside(string target, bool passes)
    {
        var result = await _repository.ApplyAsync(Link("src/link", target));

        Assert.Equal(passes, result.Applied);
        Assert.Equal(passes ? [] : [PatchRules.Link], result.Findings.Select(f => f.Rule));
    }

    [Fact]
    public async Task Link_through_another_link_is_refused()
    {
        var result = await _repository.ApplyAsync(Link("up", "src") + Link("over", "up/../../x"));

        Assert.Equal(PatchRules.Link, Assert.Single(result.Findings).Rule);
    }

    [Fact]
    public async Task File_below_a_link_is_refused()
    {
        var result = await _repository.ApplyAsync(Link("up", "src") + "diff --git a/up/x b/up/x\nnew file mode 100644\nindex 0000000..e69de29\n");

        Assert.Contains(result.Findings, f => f.Rule == PatchRules.DirectoryConflict);
    }

    [Fact]
    public async Task File_can_become_a_link_by_deletion_and_addition()
    {
        var patch = "diff --git a/src/a.txt b/src/a.txt\ndeleted file mode 100644\n--- a/src/a.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n" + Link("src/a.txt", "b.txt");

        var result = await _repository.ApplyAsync(patch);

        Assert.Empty(result.Findings);
        Assert.Equal(await _repository.GitTreeAsync(System.Text.Encoding.UTF8.GetBytes(patch)), result.TreeId);
    }

    [Fact]
    public async Task Two_files_can_swap_their_names()
    {
        const string Swap = "diff --git a/src/a.txt b/src/b.txt\nsimilarity index 100%\nrename from src/a.txt\nrename to src/b.txt\n"
            + "diff --git a/src/b.txt b/src/a.txt\nsimilarity index 100%\nrename from src/b.txt\nrename to src/a.txt\n";

        var result = await _repository.ApplyAsync(Swap);

        Assert.Equal(await _repository.GitTreeAsync(System.Text.Encoding.UTF8.GetBytes(Swap)), result.TreeId);
        Assert.True(result.Applied);
    }

    [Fact]
    public async Task Case_of_a_name_can_change_by_a_rename() =>
        Assert.True((await _repository.ApplyAsync("diff --git a/readme.md b/README.md\nsimilarity index 100%\nrename from readme.md\nrename to README.md\n")).Applied);

    private static string Link(string path, string target) =>
        $"diff --git a/{path} b/{path}\nnew file mode 120000\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{target}\n\\ No newline at end of file\n";
}
