using System.Text;
using Kfm.Gates.Contracts;
using Kfm.Gates.Stewardship;

namespace Kfm.Gates.Tests.Stewardship;

public sealed class LabelConflictsTests
{
    [Theory]
    [InlineData("""{"care":"public","sensitivity":"high"}""", "ethics.care public and ethics.sensitivity high")]
    [InlineData("""{"care":["public","restricted"]}""", "ethics.care public and restricted")]
    [InlineData("""{"sovereignty":["none","indigenous"]}""", "ethics.sovereignty none and indigenous")]
    [InlineData("""{"sensitivity":["low","secret"]}""", "ethics.sensitivity low and secret")]
    [InlineData("""{"ai":["allowed","prohibited"]}""", "ethics.ai allowed and prohibited")]
    [InlineData("""{"ai":"allowed","sovereignty":"restricted"}""", "ethics.ai allowed and ethics.sovereignty restricted")]
    [InlineData("""{"ai_training":["allowed","prohibited"]}""", "ethics.ai-training allowed and prohibited")]
    public void Labels_that_cannot_all_be_true_conflict(string sidecar, string conflict) =>
        Assert.Equal([conflict], LabelConflicts.Of(DataLabels.Read(Encoding.UTF8.GetBytes(sidecar))));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"care":"public","sovereignty":"none","sensitivity":"none","ai":"allowed"}""")]
    [InlineData("""{"care":"restricted","sovereignty":"indigenous","sensitivity":"high","ai":"prohibited"}""")]
    [InlineData("""{"sensitivity":["low","medium"],"jurisdiction":["kansas","eu"]}""")]
    public void Labels_that_agree_do_not(string sidecar) => Assert.Empty(LabelConflicts.Of(DataLabels.Read(Encoding.UTF8.GetBytes(sidecar))));

    [Fact]
    public void Transform_that_is_permitted_and_prohibited_conflicts()
    {
        var flags = FrontMatter.Read("---\nai_transform_permissions: [summary, diagram-extraction]\nai_transform_prohibited: [Summary]\n---\n"u8);

        Assert.Equal(["ai transform summary permitted and prohibited"], LabelConflicts.Of(DataLabels.FromFrontMatter(flags)));
    }
}
