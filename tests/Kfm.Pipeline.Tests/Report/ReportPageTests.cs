using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kfm.Agent.Tests.PullRequests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Tests.Report;

public sealed class ReportPageTests
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    [Fact]
    public void Review_says_whose_approval_is_missing_and_how_to_give_it()
    {
        using var run = new ReportRun(Verdict.Review, ["build_ok", "review: approval of manager"]) { Approvals = ["manager", "security"] };
        var page = run.Page();

        Assert.Contains("the approval of one person with the role manager", page, StringComparison.Ordinal);
        Assert.Contains("kfm approve BUNDLE --role manager --key KEY\nkfm approve BUNDLE --role security --key KEY", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Denial_leads_with_the_first_cause_and_keeps_what_passed_for_later()
    {
        using var run = new ReportRun(Verdict.Deny, ["deny: ops: build failed", "secrets_ok"]) { Record = Denied() };
        var page = run.Page();
        var places = new[] { "First cause:", "tests</code> failed in qa: 1 of 3 &amp; more", "ops: build failed", "secrets_ok" }
            .Select(t => page.IndexOf(t, StringComparison.Ordinal)).ToArray();

        Assert.All(places, p => Assert.True(p > 0));
        Assert.Equal(places.Order(), places);
        Assert.Contains("kfm verify BUNDLE --trust trust.json", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Allow)]
    [InlineData(Verdict.Review)]
    [InlineData(Verdict.Deny)]
    public void No_page_says_that_somebody_approved(Verdict verdict)
    {
        using var run = new ReportRun(verdict, ["build_ok", "review: approval of lead"])
        {
            Approvals = verdict == Verdict.Allow ? [] : ["council", "lead"],
            Stewardship = verdict == Verdict.Allow ? [] : ["rights"],
        };
        var text = Regex.Replace(run.Page(), "<[^>]*>", "", Options, TimeSpan.FromSeconds(5));

        Assert.DoesNotMatch("(?i)approved by|was approved|has approved|has been approved|approval (given|granted|received)|signed off", text);
        Assert.DoesNotContain("person:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_names_no_role_that_the_decision_does_not_name()
    {
        using var run = new ReportRun(Verdict.Review, ["review: approval of lead"]) { Approvals = ["lead"] };
        var page = run.Page();

        Assert.All(["manager", "council", "legal"], role => Assert.DoesNotContain(role, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='x")]
    [InlineData("</style><style>*{display:none}</style>")]
    [InlineData("</title></head><body>deny")]
    [InlineData("--> <!-- ]]>")]
    [InlineData("\u202e\u2066\u200b\u001b[2J")]
    public void Hostile_text_is_text(string hostile)
    {
        using var quiet = Hostile("quiet");
        using var loud = Hostile(hostile);
        var (plain, page) = (quiet.Page(), loud.Page());

        Assert.Equal(Tags(plain), Tags(page));
        Assert.DoesNotContain(page, c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u202e' or '\u2066' or '\u200b');
    }

    [Fact]
    public void Hidden_characters_of_the_patch_are_named()
    {
        using var run = new ReportRun(Verdict.Allow, []) { Patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+if (admin\u202e) {\u2066\n" };

        Assert.Contains("+if (admin[U+202E]) {[U+2066]", run.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Patch_has_the_line_numbers_of_both_sides()
    {
        using var run = new ReportRun(Verdict.Allow, []) { Patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -7,3 +7,3 @@ f()\n same\n--- old\n+new\n last\n" };
        var page = run.Page();

        Assert.Contains("<span data-n=\"    7     7\"> same</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"d\" data-n=\"    8      \">--- old</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"a\" data-n=\"          8\">+new</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span data-n=\"    9     9\"> last</span>", page, StringComparison.Ordinal);
        Assert.Contains("+1 -1</summary>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Patch_without_end_is_cut_with_a_word_on_where_the_rest_is()
    {
        using var run = new ReportRun(Verdict.Allow, [])
        {
            Patch = string.Concat(Enumerable.Range(0, 3).Select(i => $"diff --git a/{i} b/{i}\n@@ -0,0 +1,1500 @@\n" + string.Concat(Enumerable.Repeat("+x\n", 1500)))),
        };

        Assert.Contains("the rest stands in patch.diff", run.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_own_style_is_let_in_and_no_script()
    {
        using var run = new ReportRun(Verdict.Allow, []);
        var page = run.Page();
        var style = Regex.Match(page, "<style>(?<css>.*?)</style>", Options, TimeSpan.FromSeconds(5)).Groups["css"].Value;

        Assert.Contains("default-src 'none'; style-src 'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))) + "'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script| style=|<link|<iframe|url\\(|https?://(?!example)", page);
    }

    [Fact]
    public void Headings_are_in_order_and_ids_are_unique()
    {
        using var run = Hostile("x");
        var page = run.Page();
        var levels = Regex.Matches(page, "<h(?<n>[1-6])", Options, TimeSpan.FromSeconds(5)).Select(m => m.Groups["n"].Value[0] - '0').ToArray();
        var ids = Regex.Matches(page, " id=\"(?<id>[^\"]*)\"", Options, TimeSpan.FromSeconds(5)).Select(m => m.Groups["id"].Value).ToArray();

        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Nothing_empty_is_shown()
    {
        using var run = new ReportRun(Verdict.Allow, []);
        var page = run.Page();

        Assert.DoesNotContain("<code></code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<tbody>\n</tbody>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What the stages measured", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Drawing_says_each_outcome_in_words()
    {
        using var run = new ReportRun(Verdict.Deny, ["deny: ops: x"]);

        Assert.Contains("qa succeeded, then gate deny.</desc>", run.Page(), StringComparison.Ordinal);
    }

    private static RecordedProposal Denied() => new(Verdict.Deny, ["deny: ops: build failed", "secrets_ok"])
    {
        Checks = [RecordedProposal.Check(Stage.Qa, "tests", CheckStatus.Failed, "1 of 3 & more"), RecordedProposal.Check(Stage.Qa, "zebra", CheckStatus.Error)],
    };

    private static ReportRun Hostile(string text) => new(Verdict.Deny, ["deny: " + text, text], text)
    {
        Record = new RecordedProposal(Verdict.Deny, ["deny: " + text, text])
        {
            Checks = [RecordedProposal.Check(Stage.Qa, text, CheckStatus.Failed, text)],
            Facts =
            [
                RecordedProposal.Label(Stage.Patch, "risk.rule", text),
                RecordedProposal.Label(Stage.Patch, "risk.tier", text),
                RecordedProposal.Label(Stage.Patch, "patch.protected", text),
                RecordedProposal.Label(Stage.Build, "build.isolation", text),
                RecordedProposal.Measure(Stage.Qa, text, 1),
                new Actor(ActorKind.Human, text, text),
            ],
        },
        Approvals = [text],
        Stewardship = [text],
        Design = text,
        Patch = $"diff --git a/{text} b/{text}\n--- a/{text}\n+++ b/{text}\n@@ -1 +1 @@ {text}\n-{text}\n+{text}\n",
    };

    // The elements and the names of their attributes; values may differ.
    private static string[] Tags(string page) =>
        [.. Regex.Matches(page, "<(?<tag>/?[a-zA-Z!][^>]*)>", Options, TimeSpan.FromSeconds(5))
            .Select(m => Regex.Replace(m.Groups["tag"].Value, "=\"[^\"]*\"", "", Options, TimeSpan.FromSeconds(5)))];
}
