using Kfm.Agent.Tests.PullRequests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Tests.Report;

public sealed class DiffViewTests
{
    public static TheoryData<string, string> Heads => new()
    {
        { "new file mode 100755\nindex 0..1\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n", "<li>new file, mode 100755</li>" },
        { "deleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "<li>deleted, mode 100644</li>" },
        { "old mode 100644\nnew mode 100755\n", "<li>mode was 100644</li><li>mode is 100755</li>" },
        { "similarity index 97%\nrename from w\nrename to x\n", "<li>similar by 97%</li><li>renamed from w</li>" },
        { "Binary files a/x and b/x differ\n", "<li>binary, its content is not shown</li>" },
        { "GIT binary patch\nliteral 3\nKcmZ\n", "<li>binary, 3 lines of data are not shown and stand in patch.diff</li>" },
        { "hello stranger\n@@ -1 +1 @@\n-a\n+b\n", "<span class=\"h\">hello stranger</span>" },
        { "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n", "<span class=\"h\">\\ No newline at end of file</span>" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Head_of_a_file_is_told_in_words(string head, string words)
    {
        using var run = new ReportRun(Verdict.Allow, []) { Patch = "diff --git a/x b/x\n" + head };
        var page = run.Page();

        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("<summary><code>x</code> ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void File_is_named_by_its_new_side_and_not_by_a_line_that_can_be_read_in_two_ways()
    {
        using var run = new ReportRun(Verdict.Allow, []) { Patch = "diff --git a/evil b/good b/evil b/good\n--- a/evil b/good\n+++ b/evil b/good\n@@ -1 +1 @@\n-a\n+b\n" };

        Assert.Contains("<summary><code>evil b/good</code> ", run.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_stands_under_its_line_and_opens_the_file()
    {
        using var run = new ReportRun(Verdict.Deny, ["deny: security: x"])
        {
            Record = new RecordedProposal(Verdict.Deny, ["deny: security: x"])
            {
                Checks = [RecordedProposal.Check(Stage.Qa, "secrets.patch", CheckStatus.Failed, "token at src/a.cs:8:3; token at src/a.cs:999:1")],
            },
            Patch = "diff --git a/src/a.cs b/src/a.cs\n--- a/src/a.cs\n+++ b/src/a.cs\n@@ -7 +7,2 @@\n one\n+two\n" + string.Concat(Enumerable.Repeat(" x\n", 200)),
        };
        var page = run.Page();

        Assert.Contains("+two</span><span class=\"note\"><a href=\"#check-1\">secrets.patch</a>: token at src/a.cs:8:3; token", page, StringComparison.Ordinal);
        Assert.Contains("names line 999", page, StringComparison.Ordinal);
        Assert.Contains("2 findings</span> +1 -0</summary>", page, StringComparison.Ordinal);
        Assert.Contains("<details open><summary><code>src/a.cs</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Protected_path_is_marked_in_the_list_and_at_the_file()
    {
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Record = new RecordedProposal(Verdict.Allow, []) { Facts = [RecordedProposal.Label(Stage.Patch, "patch.protected", "kfm.json")] },
            Patch = "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/kfm.json b/kfm.json\n--- a/kfm.json\n+++ b/kfm.json\n@@ -1 +1 @@\n-a\n+b\n",
        };
        var page = run.Page();

        Assert.Contains("<li><a href=\"#file-2\"><code>kfm.json</code></a> +1 -1, protected</li>", page, StringComparison.Ordinal);
        Assert.Contains("<summary><code>kfm.json</code> <span class=\"tag\">protected</span> +1 -1</summary>", page, StringComparison.Ordinal);
        Assert.Contains("what counts is its content at the base", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_cut_is_counted()
    {
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Patch = string.Concat(Enumerable.Range(0, 3).Select(i => $"diff --git a/{i} b/{i}\n--- a/{i}\n+++ b/{i}\n@@ -0,0 +1,1500 @@\n" + string.Concat(Enumerable.Repeat("+x\n", 1500)))) + "+" + new string('w', 1200) + "\n",
        };
        var page = run.Page();

        Assert.Contains("1002 lines of this file not shown here", page, StringComparison.Ordinal);
        Assert.Contains("1 more files with 1502 lines are not shown here; the rest stands in patch.diff", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_line_is_cut_with_its_number_of_characters()
    {
        using var run = new ReportRun(Verdict.Allow, []) { Patch = "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+" + new string('w', 1200) + "\n" };

        Assert.Contains("w [201 characters not shown; see patch.diff]</span>", run.Page(), StringComparison.Ordinal);
    }
}
