using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Edits;
using Kfm.Agent.Git;
using Kfm.Agent.Patches;
using Kfm.Agent.Tests.Patches;

namespace Kfm.Agent.Tests.Codegen.Edits;

public sealed class EditedFilesTests
{
    private static readonly PromptFile[] Shown = [new("a.txt", "one\ntwo\nthree\n"), new("b.sh", "echo\n") { Mode = "100755" }];

    [Fact]
    public void Replacement_becomes_a_hunk_with_three_lines_of_context()
    {
        var lines = string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n"));

        var patch = EditedFiles.ToPatch([new("a b.txt", lines)], [Replace("a b.txt", "line 10\n", "line ten\n")]);

        Assert.Equal(
            """
            diff --git a/a b.txt b/a b.txt
            --- a/a b.txt	
            +++ b/a b.txt	
            @@ -7,7 +7,7 @@
             line 7
             line 8
             line 9
            -line 10
            +line ten
             line 11
             line 12
             line 13

            """.ReplaceLineEndings("\n"),
            patch);
    }

    [Fact]
    public void Files_are_made_removed_and_moved()
    {
        FileEdit[] edits =
        [
            new("new.txt", EditAction.Create, "", "no newline"),
            new("b.sh", EditAction.Delete, "", ""),
            new("a.txt", EditAction.Rename, "", "c.txt"),
            Replace("c.txt", "two", "2"),
        ];

        Assert.Equal(
            """
            diff --git a/b.sh b/b.sh
            deleted file mode 100755
            --- a/b.sh
            +++ /dev/null
            @@ -1 +0,0 @@
            -echo
            diff --git a/a.txt b/c.txt
            rename from a.txt
            rename to c.txt
            --- a/a.txt
            +++ b/c.txt
            @@ -1,3 +1,3 @@
             one
            -two
            +2
             three
            diff --git a/new.txt b/new.txt
            new file mode 100644
            --- /dev/null
            +++ b/new.txt
            @@ -0,0 +1 @@
            +no newline
            \ No newline at end of file

            """.ReplaceLineEndings("\n"),
            EditedFiles.ToPatch(Shown, edits));
    }

    [Fact]
    public void Program_that_is_made_anew_is_no_program_any_more() => Assert.Equal(
        "diff --git a/b.sh b/b.sh\nold mode 100755\nnew mode 100644\n",
        EditedFiles.ToPatch(Shown, [new("b.sh", EditAction.Delete, "", ""), new("b.sh", EditAction.Create, "", "echo\n")]));

    public static TheoryData<string, string, string, string, string> Misfits => new()
    {
        { "replace", "a.txt", "four", "4", "/edits/1/search" },
        { "replace", "a.txt", "t", "T", "/edits/1/search" },
        { "replace", "a.txt", "", "x", "/edits/1/search" },
        { "replace", "z.txt", "one", "x", "/edits/1/path" },
        { "create", "b.sh", "", "x", "/edits/1/path" },
        { "create", "../x", "", "x", "/edits/1/path" },
        { "create", "x", "y", "x", "/edits/1/search" },
        { "delete", "z.txt", "", "", "/edits/1/path" },
        { "rename", "a.txt", "", "b.sh", "/edits/1/replace" },
        { "rename", "a.txt", "", "/etc/passwd", "/edits/1/replace" },
        { "rename", "z.txt", "", "y.txt", "/edits/1/path" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Edit_that_does_not_fit_is_refused_at_its_place(string action, string path, string search, string replace, string pointer)
    {
        FileEdit[] edits = [new("fits.txt", EditAction.Create, "", "x"), new(path, Enum.Parse<EditAction>(action, ignoreCase: true), search, replace)];

        Assert.Equal(pointer, Assert.Throws<EditFormatException>(() => EditedFiles.ToPatch(Shown, edits)).Pointer);
    }

    [Fact]
    public void Search_text_that_stands_twice_is_refused_with_both_lines()
    {
        var refusal = Assert.Throws<EditFormatException>(() => EditedFiles.ToPatch([new("a", "x\nfoo\ny\nfoo\n")], [Replace("a", "foo", "bar")]));

        Assert.Contains("line 2 and at line 4", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_that_change_nothing_are_refused() =>
        Assert.Throws<EditFormatException>(() => EditedFiles.ToPatch(Shown, [Replace("a.txt", "one", "1"), Replace("a.txt", "1", "one")]));

    [Fact]
    public void Patch_applied_gives_the_edited_files_byte_for_byte() => Prop.ForAll<int>(seed =>
    {
        var (files, edited) = Random(seed);
        if (edited.Changes() is not { Count: > 0 } changes)
        {
            return;
        }

        var tree = new GitTree(files.Select(f => new TreeEntry(f.Path, f.Mode, Id(f))));
        var blobs = files.DistinctBy(Id).ToDictionary(Id, f => Encoding.UTF8.GetBytes(f.Text), StringComparer.Ordinal);
        var patch = DiffWriter.Write(changes);
        var result = PatchApplier.Apply(UnifiedPatch.Parse(Encoding.UTF8.GetBytes(patch)), tree, blobs);

        Assert.True(result.Applied, string.Join('\n', result.Findings) + "\n" + patch);
        Assert.Equal(new GitTree(After(files, changes).Select(f => new TreeEntry(f.Path, f.Mode, Id(f)))).ComputeId(), result.TreeId);
    }).Check(1_000);

    [Fact]
    public void Git_applies_the_patch_to_the_same_tree() => Prop.ForAll<int>(seed =>
    {
        var (files, edited) = Random(seed);
        var files1 = files.Select(f => f with { Mode = "100644" }).ToArray();
        if (edited.Changes() is not { Count: > 0 } changes || !files1.SequenceEqual(files))
        {
            return;
        }

        using var repository = PatchRepository.With([.. files.Select(f => (f.Path, f.Text))]);
        var patch = Encoding.UTF8.GetBytes(DiffWriter.Write(changes));

        Assert.Equal(new GitTree(After(files, changes).Select(f => new TreeEntry(f.Path, f.Mode, Id(f)))).ComputeId(), repository.GitTreeAsync(patch).GetAwaiter().GetResult());
    }).Check(15);

    [Fact]
    public void Diff_is_as_short_as_the_longest_common_subsequence_allows() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        string[] Lines() => [.. Enumerable.Range(0, random.Next(14)).Select(_ => "abc"[random.Next(3)].ToString())];
        var (a, b) = (Lines(), Lines());

        var blocks = LineDiff.Compare(a, b);

        Assert.Equal(a.Length + b.Length - (2 * Common(a, b)), blocks.Sum(x => x.OldEnd - x.Old + x.NewEnd - x.New));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_that_differ_too_much_are_told_as_one_block()
    {
        var block = Assert.Single(LineDiff.Compare([.. Numbers("a")], [.. Numbers("b")]));

        Assert.Equal(new LineBlock(0, 5000, 0, 5000), block);
        static IEnumerable<string> Numbers(string name) => Enumerable.Range(0, 5000).Select(i => $"{name}{i}");
    }

    private static FileEdit Replace(string path, string search, string replace) => new(path, EditAction.Replace, search, replace);

    private static string Id(PromptFile file) => GitTree.BlobId(Encoding.UTF8.GetBytes(file.Text));

    private static IEnumerable<PromptFile> After(PromptFile[] files, IReadOnlyList<FileDifference> changes)
    {
        var gone = changes.Select(c => c.Before?.Path).ToHashSet(StringComparer.Ordinal);
        return files.Where(f => !gone.Contains(f.Path)).Concat(changes.Select(c => c.After).OfType<PromptFile>());
    }

    private static int Common(string[] a, string[] b)
    {
        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                longest[i, j] = string.Equals(a[i - 1], b[j - 1], StringComparison.Ordinal)
                    ? longest[i - 1, j - 1] + 1
                    : Math.Max(longest[i - 1, j], longest[i, j - 1]);
            }
        }

        return longest[a.Length, b.Length];
    }

    /// <summary>Random files under random edits; those that do not fit leave the files as they were.</summary>
    private static (PromptFile[] Files, EditedFiles Edited) Random(int seed)
    {
        var random = new Random(seed);
        string[] words = ["alpha\n", "beta\n", "\n", "}\n", "caf\u00e9\r\n", "\ttab\n", "last"];
        string[] names = ["plain", "with space", "\u00fcml\u00e4ut", "dir/nested", "-dash", "a b/c d"];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => words[random.Next(words.Length)]));
        string Name() => names[random.Next(names.Length)];
        var files = names.Where(_ => random.Next(2) == 0).Select(n => new PromptFile(n, Text()) { Mode = random.Next(8) == 0 ? "100755" : "100644" }).ToArray();
        var edited = new EditedFiles(files);
        for (var i = random.Next(8); i > 0; i--)
        {
            var action = (EditAction)random.Next(4);
            var file = files.FirstOrDefault(f => random.Next(2) == 0);
            var search = action == EditAction.Replace && file is { Text.Length: > 0 } && random.Next(file.Text.Length) is var at ? file.Text[at..Math.Min(at + 12, file.Text.Length)] : "";
            try
            {
                edited.Apply(new FileEdit(file?.Path ?? Name(), action, search, action == EditAction.Rename ? Name() : Text()), "");
            }
            catch (EditFormatException)
            {
            }
        }

        return (files, edited);
    }
}
