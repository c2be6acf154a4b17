using System.Text;
using Kfm.Agent.Patches;

namespace Kfm.Agent.Tests.Patches;

public sealed class UnifiedPatchTests
{
    private const string Hunk = "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@ section\n one\n-two\n+2\n";

    [Fact]
    public void Modification_has_its_lines()
    {
        var file = Single("diff --git a/f b/f\nindex 1234567..89abcde 100644\n" + Hunk);

        Assert.Equal((FileChange.Modify, "f", "f", "100644", null), (file.Change, file.OldPath, file.NewPath, file.OldMode, file.NewMode));
        var hunk = Assert.Single(file.Hunks);
        Assert.Equal((5, 1, 2, 1, 2), (hunk.Line, hunk.OldStart, hunk.OldCount, hunk.NewStart, hunk.NewCount));
        Assert.Equal([" one\n", "-two\n", "+2\n"], hunk.Lines.Select(Show));
    }

    [Theory]
    [InlineData("diff --git a/e b/e\nnew file mode 100755\nindex 0000000..e69de29\n", FileChange.Add, "e", "e")]
    [InlineData("diff --git a/e b/e\ndeleted file mode 100644\nindex e69de29..0000000\n", FileChange.Delete, "e", "e")]
    [InlineData("diff --git a/e b/e\nold mode 100644\nnew mode 100755\n", FileChange.Modify, "e", "e")]
    [InlineData("diff --git a/x y b/z w\nsimilarity index 100%\nrename from x y\nrename to z w\n", FileChange.Rename, "x y", "z w")]
    [InlineData("diff --git a/x b/d/x\nsimilarity index 90%\ncopy from x\ncopy to d/x\n", FileChange.Copy, "x", "d/x")]
    [InlineData("diff --git a/a b b/a b\nold mode 100644\nnew mode 100755\n", FileChange.Modify, "a b", "a b")]
    [InlineData("diff --git \"a/\\303\\274\" \"b/\\303\\274\"\nold mode 100644\nnew mode 100755\n", FileChange.Modify, "\u00fc", "\u00fc")]
    [InlineData("diff --git a/x \"b/q\\\"\\t\\\\\"\nsimilarity index 100%\nrename from x\nrename to \"q\\\"\\t\\\\\"\n", FileChange.Rename, "x", "q\"\t\\")]
    public void Extended_headers_give_change_and_paths(string patch, FileChange change, string oldPath, string newPath)
    {
        var file = Single(patch);

        Assert.Equal((change, oldPath, newPath), (file.Change, file.OldPath, file.NewPath));
        Assert.Empty(file.Hunks);
    }

    [Fact]
    public void Path_with_space_ends_at_the_tab_of_its_line() =>
        Assert.Equal("a b", Single("diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-x\n+y\n").NewPath);

    [Fact]
    public void Missing_newline_belongs_to_the_line_before()
    {
        var file = Single("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n");

        Assert.Equal(["-x", "+y"], file.Hunks[0].Lines.Select(Show));
    }

    [Fact]
    public void Carriage_returns_are_content()
    {
        var file = Single("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\r\n+y\r\n");

        Assert.Equal(["-x\r\n", "+y\r\n"], file.Hunks[0].Lines.Select(Show));
    }

    [Fact]
    public void Lines_of_a_hunk_that_look_like_headers_are_content()
    {
        var file = Single("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n--- a/x\n+++ b/x\n");

        Assert.Equal(["--- a/x\n", "+++ b/x\n"], file.Hunks[0].Lines.Select(Show));
    }

    [Theory]
    [InlineData("diff --git a/f b/f\nindex 1..2\nBinary files a/f and b/f differ\n")]
    [InlineData("diff --git a/f b/f\nnew file mode 100644\nGIT binary patch\nliteral 3\nKcmZQz\n\nliteral 0\nHcmV?d00001\n\n")]
    public void Binary_sections_are_told(string patch) => Assert.True(Single(patch.Replace("1..2", "1111111..2222222", StringComparison.Ordinal)).IsBinary);

    [Theory]
    [InlineData("", 1)]
    [InlineData("hello\n", 1)]
    [InlineData("From: me\n\ndiff --git a/f b/f\n" + Hunk, 1)]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n", 1)]
    [InlineData("diff --git a/f b/f\n", 1)]
    [InlineData("diff --git a/f b/f\nindex 1234567..89abcde 100644\n", 1)]
    [InlineData("diff --git a/f b/g\n" + Hunk, 1)]
    [InlineData("diff --git f f\n" + Hunk, 1)]
    [InlineData("diff --git a/g b/g\n" + Hunk, 1)]
    [InlineData("diff --git a/f b/f\nold mode 100644\n" + Hunk, 3)]
    [InlineData("diff --git a/f b/f\nold mode 644\nnew mode 100755\n", 2)]
    [InlineData("diff --git a/f b/f\nnew file mode 100644\ndeleted file mode 100644\n", 3)]
    [InlineData("diff --git a/f b/f\nnew file mode 100644\nnew file mode 100644\n", 3)]
    [InlineData("diff --git a/f b/f\nrename from f\n", 3)]
    [InlineData("diff --git a/f b/f\nsimilarity index many%\n", 2)]
    [InlineData("diff --git a/f b/f\nindex x..y\n", 2)]
    [InlineData("diff --git a/f b/f\n--- a/f\n@@ -1 +1 @@\n-x\n+y\n", 3)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,1 @@\n-x\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@x\n-x\n+y\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -99999999999 +1 @@\n-x\n+y\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -0 +1 @@\n-x\n+y\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n x\n", 4)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n", 6)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n-y\n", 6)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y", 6)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n+z\n", 7)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1 @@\n-x\n\\ No newline at end of file\n-z\n+y\n", 6)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -5 +5 @@\n-x\n+y\n@@ -2 +2 @@\n-x\n+y\n", 7)]
    [InlineData("diff --git a/f b/f\n--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n", 1)]
    [InlineData("diff --git a/f b/f\nnew file mode 100644\n--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+x\n", 1)]
    [InlineData("diff --git \"a/\\377\" \"b/\\377\"\nold mode 100644\nnew mode 100755\n", 1)]
    [InlineData("diff --git \"a/\\x\" \"b/\\x\"\nold mode 100644\nnew mode 100755\n", 1)]
    [InlineData("diff --git \"a/f b/f\nold mode 100644\nnew mode 100755\n", 1)]
    public void Other_text_is_refused_at_its_line(string patch, int line) =>
        Assert.Equal(line, Assert.Throws<PatchFormatException>(() => Single(patch)).Line);

    [Fact]
    public void Limits_hold()
    {
        var patch = Encoding.UTF8.GetBytes("diff --git a/f b/f\n" + Hunk + "diff --git a/f b/f\n" + Hunk);

        Assert.Throws<PatchFormatException>(() => UnifiedPatch.Parse(patch, new PatchLimits { Bytes = 10 }));
        Assert.Equal(8, Assert.Throws<PatchFormatException>(() => UnifiedPatch.Parse(patch, new PatchLimits { Files = 1 })).Line);
        Assert.Throws<PatchFormatException>(() => UnifiedPatch.Parse(Encoding.UTF8.GetBytes("diff --git a/ff b/ff\nold mode 100644\nnew mode 100755\n"), new PatchLimits { PathBytes = 1 }));
        Assert.Equal(2, UnifiedPatch.Parse(patch).Files.Count);
    }

    [Fact]
    public void Summary_counts_and_places_added_lines()
    {
        var patch = UnifiedPatch.Parse(Encoding.UTF8.GetBytes(
            "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n--- a/x\n+++ b/y\n@@ -3,2 +3,3 @@\n a\n-b\n+B\n+C\n"));

        var summary = new PatchSummary(patch);

        Assert.Equal((1, 2, 1), (summary.Files, summary.Added, summary.Deleted));
        Assert.Equal(["x", "y"], summary.ChangedPaths);
        Assert.Equal([("y", 4, "B\n"), ("y", 5, "C\n")], summary.AddedLines.Select(l => (l.Path, l.Line, Encoding.UTF8.GetString(l.Content.Span))));
    }

    private static FilePatch Single(string patch) => Assert.Single(UnifiedPatch.Parse(Encoding.UTF8.GetBytes(patch)).Files);

    private static string Show(HunkLine line) => (line.Kind switch
    {
        HunkLineKind.Added => "+",
        HunkLineKind.Deleted => "-",
        _ => " ",
    }) + Encoding.UTF8.GetString(line.Content.Span);
}
