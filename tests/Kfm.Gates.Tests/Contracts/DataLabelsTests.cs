using System.Text;
using Kfm.Gates.Contracts;

namespace Kfm.Gates.Tests.Contracts;

public class DataLabelsTests
{
    private static DataLabels Document(string text) => DataLabels.FromFrontMatter(FrontMatter.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Front_matter_gives_labels()
    {
        var labels = Document("""
            ---
            title: "A: title"   
            care_label: "Public · Low-Risk"
            indigenous_rights_flag: true
            sensitivity_level: 'None'
            # comment
            ai_transform_prohibited:
              - "content-alteration"
              - speculative-additions # not yet
            audience:

            - x
            ---
            # Text: {not yaml}
            """);
        Assert.Equal(["ethics.ai=prohibited", "ethics.care=public", "ethics.sensitivity=none", "ethics.sovereignty=indigenous"], labels.All.Select(l => $"{l.Key}={l.Value}"));
    }

    [Theory]
    [InlineData("# No front matter\n---\n")]
    [InlineData("")]
    [InlineData("---\n---\n")]
    public void Document_without_flags_has_no_labels(string text) => Assert.Empty(Document(text).All);

    [Theory]
    [InlineData("---\na: 1\n", 1)]
    [InlineData("---\na: 1\na: 2\n---\n", 3)]
    [InlineData("---\ncare_label:\n  b: 1\n---\n", 3)]
    [InlineData("---\nclassification: [[a]]\n---\n", 2)]
    [InlineData("---\n- x\n---\n", 2)]
    [InlineData("---\na: \"x\n---\n", 2)]
    [InlineData("---\n? [a]\n: b\n---\n", 2)]
    [InlineData("---\na: b: c\n---\n", 2)]
    [InlineData("---\njust text\n---\n", 2)]
    public void Front_matter_that_cannot_be_read_is_refused(string text, int line) =>
        Assert.Equal(line, Assert.Throws<LabelFormatException>(() => Document(text)).Line);

    [Fact]
    public void Front_matter_is_whole_yaml()
    {
        var labels = Document("""
            ---
            menu: {main: {weight: 3}}
            authors:
              - name: A
            summary: |
              care_label: not this one
            care_label: [Public, "Collective-Benefit"]
            base: &base restricted
            sensitivity_level: *base
            ai_training_inclusion: False
            ai_focusmode_usage: "Allowed with restrictions"
            fair_category: F1-A1-I1-R1
            jurisdiction: Kansas / United States
            ---
            """);
        Assert.Equal(
            [
                "ethics.ai-focus=restricted", "ethics.ai-training=prohibited", "ethics.care=collective-benefit", "ethics.care=public",
                "ethics.fair=f1-a1-i1-r1", "ethics.jurisdiction=kansas / united states", "ethics.sensitivity=restricted",
            ],
            labels.All.Select(l => $"{l.Key}={l.Value}"));
    }

    [Fact]
    public void Restricted_document_is_sensitive() => Assert.Equal(["restricted"], Document("---\nclassification: Restricted\n---\n").Sensitivity);

    [Fact]
    public void Sidecar_gives_labels()
    {
        var labels = DataLabels.Read("""{"care":["Restricted","public"],"ai":"allowed"}"""u8);
        Assert.Equal(["public", "restricted"], labels.Care);
        Assert.Equal(["allowed"], labels.Ai);
    }

    [Theory]
    [InlineData("""{"licence":"MIT"}""")]
    [InlineData("""{"care":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"care":"a","care":"b"}""")]
    public void Sidecar_of_another_form_is_refused(string text) => Assert.Throws<LabelFormatException>(() => DataLabels.Read(Encoding.UTF8.GetBytes(text)));
}
