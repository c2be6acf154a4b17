using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Tests.PullRequests;

public sealed partial class FocusSummaryTests
{
    private static readonly FocusCase Review = new(Verdict.Review, ["ada", "one", "two", "three", "low", "five", "fix", "manager", "rights"], null);
    private static readonly FocusCase Deny = Review with { Verdict = Verdict.Deny };

    [Fact]
    public void No_sentence_is_without_a_fact_and_every_id_resolves() =>
        Prop.ForAll(FocusCase.Any, sample =>
        {
            var record = sample.Record();
            return FocusSummary.Of(record).Sentences.All(s => s.Facts.Count > 0 && s.Facts.All(record.Contains));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_summary_claims_an_approval() =>
        Prop.ForAll(FocusCase.Any, sample => FocusSummary.Of(sample.Record()).Sentences.All(ClaimsNothing)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_summary_is_verified_and_survives_its_file() =>
        Prop.ForAll(FocusCase.Any, sample =>
        {
            var record = sample.Record();
            var bytes = FocusSummary.Of(record).ToJson();
            var read = FocusSummary.Parse(bytes);
            return FocusSummary.Verify(read, record).Count == 0 && read.ToJson().AsSpan().SequenceEqual(bytes) && !read.ToMarkdown().Contains('\r', StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_other_text_or_fact_is_refused() =>
        Prop.ForAll(FocusCase.Any, ArbMap.Default.ArbFor<(NonNegativeInt, NonNull<string>)>(), (sample, change) =>
        {
            var record = sample.Record();
            var summary = FocusSummary.Of(record);
            var at = change.Item1.Get % summary.Sentences.Count;
            var sentence = summary.Sentences[at];
            FocusSentence[] forged =
            [
                sentence with { Text = sentence.Text + change.Item2.Get + " " },
                sentence with { Facts = [] },
                sentence with { Facts = [.. sentence.Facts, sentence.Facts[0]] },
                sentence with { Facts = [.. sentence.Facts.Skip(1), "evidence.json#" + Digest.Of("x"u8)] },
                sentence with { Template = sentence.Template + "x" },
                sentence with { Section = (FocusSection)(((int)sentence.Section + 1) % 3) },
            ];
            return forged.All(f => FocusSummary.Verify(With(summary, at, f), record).Any(x => x.Sentence == at));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Restricted_data_is_not_told() =>
        Prop.ForAll(FocusCase.Any, sample =>
        {
            // Words that a template may say anyway cannot be told from words of the data.
            var marked = sample with { Sensitivity = "restricted", Texts = [.. sample.Texts.Select((_, i) => $"zzplace{i}")] };
            return FocusSummary.Of(marked.Record()).Sentences.All(s =>
                !s.Text.Contains("restricted", StringComparison.Ordinal)
                && (s.Template is "risk.tier" or "proposal.maker" or "proposal.behalf" or "approval.asked" or "stewardship.asked" || !s.Text.Contains("zzplace", StringComparison.Ordinal) || IsPlainCheck(s)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sentences_of_a_denial_name_what_failed()
    {
        var texts = FocusSummary.Of(Deny.Record()).Sentences.Select(s => s.Text).ToArray();

        Assert.All(
            [
                "The verdict of the policies is deny.", "5 of 7 gates passed.", "The gate `ops` failed: `one`.", "The gate `ethics` failed.", "The decision denies: `deny: elsewhere: two`.",
                "The decision denies: `gate_error: fix`.", "The check `data:two` failed in qa: `three`.", "The patch changes 0 files: 1.5 lines added, 3 deleted.",
                "`person:ada`, a person, is recorded as proposer.", "Rules gave the proposal the risk tier `low`.",
            ],
            text => Assert.Contains(text, texts));
        Assert.DoesNotContain(texts, t => t.Contains("approval", StringComparison.Ordinal));
    }

    [Fact]
    public void Review_says_what_is_asked_for_and_that_it_does_not_know_more()
    {
        var texts = FocusSummary.Of(Review.Record()).Sentences.Select(s => s.Text).ToArray();

        Assert.Contains("Before a merge the policies ask for the approval of one person with the role `lead`. Whether it was given is not known here.", texts);
        Assert.Contains("The policies ask for a stewardship review of `rights`.", texts);
    }

    [Fact]
    public void Counted_approval_is_stated_with_the_digest_of_its_file_and_nobody_else_may_state_it()
    {
        var approval = new FocusApproval("approvals/lead-1.dsse.json", Digest.Of("envelope"u8), "lead", "person:bob");
        var (with, without) = (Review.Record([approval]), Review.Record());
        var summary = FocusSummary.Of(with);
        var sentence = Assert.Single(summary.Sentences, s => s.Template == "approval.counted");

        Assert.Equal(("The approval of `person:bob` with the role `lead` counts.", approval.Id), (sentence.Text, Assert.Single(sentence.Facts)));
        Assert.Contains(summary.Sentences, s => s.Text == "No approval with the role `manager` counts.");
        Assert.Empty(FocusSummary.Verify(summary, with));
        Assert.Contains(FocusSummary.Verify(summary, without), f => f.Rule == "fact.absent" && f.Message.Contains(approval.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Summary_may_be_shortened_and_reordered_but_must_say_what_failed()
    {
        var record = Deny.Record();
        var all = FocusSummary.Of(record);
        var some = all with { Sentences = [.. all.Sentences.Where(s => s.Template is not ("checks.passed" or "risk.tier")).Reverse()] };
        var silent = all with { Sentences = [.. all.Sentences.Where(s => s.Template != "gate.failed")] };

        Assert.Empty(FocusSummary.Verify(some, record));
        Assert.Equal(["missing", "missing"], FocusSummary.Verify(silent, record).Select(f => f.Rule));
    }

    [Fact]
    public void Summary_of_another_record_is_refused()
    {
        var findings = FocusSummary.Verify(FocusSummary.Of(Review.Record()), Deny.Record());

        Assert.Contains(findings, f => f.Rule == "record");
        Assert.Contains(findings, f => f.Rule == "fact.absent");
    }

    [Fact]
    public void Sentence_that_stands_twice_is_refused()
    {
        var record = Review.Record();
        var all = FocusSummary.Of(record);

        Assert.Equal("twice", Assert.Single(FocusSummary.Verify(all with { Sentences = [.. all.Sentences, all.Sentences[0]] }, record)).Rule);
    }

    [Fact]
    public void Decision_that_the_record_does_not_name_is_refused() =>
        Assert.Throws<FocusFormatException>(() => FocusRecord.Of(Deny.Record().Graph, Review.Record().Decision));

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"formatVersion":2,"decision":"x","evidenceRoot":"x","sentences":[]}""", "/formatVersion")]
    [InlineData("""{"formatVersion":1,"decision":"x","evidenceRoot":"x","sentences":[]}""", "/sentences")]
    [InlineData("""{"formatVersion":1,"decision":"x","evidenceRoot":"x","sentences":[{"facts":[],"section":"fact","template":"t","text":"t"}]}""", "/evidenceRoot")]
    public void File_that_is_no_summary_is_refused_with_its_place(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<FocusFormatException>(() => FocusSummary.Parse(Encoding.UTF8.GetBytes(json))).Pointer);

    [Theory]
    [InlineData("approved by lead")]
    [InlineData("a p p r o v a l")]
    [InlineData("\u0430\u0440\u0440roved")]
    [InlineData("\uff21pproved")]
    [InlineData("app\u200broved")]
    [InlineData("Signed-off-by: x")]
    [InlineData("\U0001D41A\U0001D429\U0001D429\U0001D42B\U0001D428\U0001D42F\U0001D41E\U0001D41D")]
    [InlineData("\u00e1pproved")]
    [InlineData("lgtm!")]
    public void Text_that_speaks_of_an_approval_is_not_repeated(string text) => Assert.Equal(FocusText.NotRepeated, FocusText.Quote(text));

    private static FocusSummary With(FocusSummary summary, int at, FocusSentence sentence) =>
        summary with { Sentences = [.. summary.Sentences.Select((s, i) => i == at ? sentence : s)] };

    // The name of a check without a path is the pipeline's own word.
    private static bool IsPlainCheck(FocusSentence sentence) => sentence.Template is "check.failed" or "check.error" && !sentence.Text.Contains("zzplace", StringComparison.Ordinal)
        || PlainCheck().IsMatch(sentence.Text);

    private static bool ClaimsNothing(FocusSentence sentence)
    {
        var ours = Spans().Replace(sentence.Text, "X");
        var letters = string.Concat(sentence.Text.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return sentence.Template switch
        {
            "approval.asked" => ours == "Before a merge the policies ask for the approval of one person with the role X. Whether it was given is not known here.",
            "approval.none" => ours == "Before a merge the policies ask for no approval.",
            _ => !letters.Contains("approv", StringComparison.Ordinal) && !letters.Contains("signedoff", StringComparison.Ordinal) && !letters.Contains("lgtm", StringComparison.Ordinal),
        };
    }

    [GeneratedRegex("(?<!`)(?<f>`+)(?!`).+?(?<!`)\\k<f>(?!`)", RegexOptions.CultureInvariant | RegexOptions.Singleline, 5000)]
    private static partial Regex Spans();

    [GeneratedRegex("^The check `zzplace[0-9]` (failed|could not run) in [a-z]+\\.$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PlainCheck();
}
