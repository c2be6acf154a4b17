using System.Text;
using Kfm.Agent.Codegen.Edits;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Codegen.Edits;

public sealed class EditAnswerReaderTests
{
    private const string Edit = """{"path":"a","action":"replace","search":"x","replace":"y"}""";
    private static readonly CompiledSchema Schema = CompiledSchema.Compile(File.ReadAllBytes(RepositoryRoot.Combine("schemas", "edits-v1.schema.json")));

    [Fact]
    public void Answer_has_a_confidence_and_edits_in_order()
    {
        var answer = EditAnswerReader.Read("{\"confidence\":0.75,\"edits\":[" + Edit + ",{\"path\":\"b\",\"action\":\"create\",\"search\":\"\",\"replace\":\"\\u00e9\"}]}");

        Assert.Equal(0.75, answer.Confidence);
        Assert.Equal([new FileEdit("a", EditAction.Replace, "x", "y"), new FileEdit("b", EditAction.Create, "", "\u00e9")], answer.Edits);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("{} {}", "")]
    [InlineData("""{"confidence":1,"confidence":1,"edits":[EDIT]}""", "")]
    [InlineData("""{"confidence":1e999,"edits":[EDIT]}""", "/confidence")]
    [InlineData("""{"confidence":1,"edits":[{"path":"\ud800","action":"delete","search":"","replace":""}]}""", "/edits/0/path")]
    public void Text_that_is_no_sound_JSON_is_refused(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<EditFormatException>(() => EditAnswerReader.Read(json.Replace("EDIT", Edit, StringComparison.Ordinal))).Pointer);

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"confidence":1}""", "")]
    [InlineData("""{"confidence":1,"edits":[EDIT],"canary":1}""", "")]
    [InlineData("""{"confidence":"1","edits":[EDIT]}""", "/confidence")]
    [InlineData("""{"confidence":1.1,"edits":[EDIT]}""", "/confidence")]
    [InlineData("""{"confidence":-0.1,"edits":[EDIT]}""", "/confidence")]
    [InlineData("""{"confidence":1,"edits":[]}""", "/edits")]
    [InlineData("""{"confidence":1,"edits":{}}""", "/edits")]
    [InlineData("""{"confidence":1,"edits":[EDIT,null]}""", "/edits/1")]
    [InlineData("""{"confidence":1,"edits":[EDIT,{"path":"a","action":"delete","search":""}]}""", "/edits/1")]
    [InlineData("""{"confidence":1,"edits":[{"path":"a","action":"canary","search":"","replace":""}]}""", "/edits/0/action")]
    [InlineData("""{"confidence":1,"edits":[{"path":7,"action":"delete","search":"","replace":""}]}""", "/edits/0/path")]
    [InlineData("""{"confidence":1,"edits":[{"path":"a","action":"create","search":"","replace":"\u0000"}]}""", "/edits/0/replace")]
    public void Any_other_text_is_refused_at_its_place_without_a_quote(string json, string pointer)
    {
        var refusal = Assert.Throws<EditFormatException>(() => EditAnswerReader.Read(json.Replace("EDIT", Edit, StringComparison.Ordinal)));

        Assert.Equal(pointer, refusal.Pointer);
        Assert.DoesNotContain("canary", refusal.Message, StringComparison.Ordinal);
        Assert.False(Schema.Validate(Encoding.UTF8.GetBytes(json.Replace("EDIT", Edit, StringComparison.Ordinal))).IsValid);
    }
}
