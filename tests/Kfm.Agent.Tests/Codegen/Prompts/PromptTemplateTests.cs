using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Intents;
using Kfm.Provenance.Digests;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Codegen.Prompts;

public sealed class PromptTemplateTests
{
    private const string Own = "---\nid: codegen-tree\nversion: 2.1\n---\nFixed text.\n{{design}}\nBetween.\n{{intent}}\n";

    [Theory]
    [InlineData(ShippedTemplates.Diff, true)]
    [InlineData(ShippedTemplates.Tree, false)]
    public void Shipped_template_is_the_file_of_the_repository(string id, bool showsFiles)
    {
        var file = File.ReadAllBytes(RepositoryRoot.Combine("templates", "prompts", id + ".md"));
        var template = PromptTemplate.Parse(ShippedTemplates.Read(id), id);

        Assert.Equal(new TemplateReference(id, "1", Digest.Of(file)), template.Reference);
        Assert.Equal(showsFiles, template.ShowsFiles);
    }

    [Fact]
    public void Data_stands_in_its_places_between_marked_lines()
    {
        var intent = IntentClassifier.Classify(new Intent("Fix it {{design}}", "test", null, "person:1", DateTimeOffset.UnixEpoch));
        var prompt = CodegenPrompt.Build(intent, "design\n", [new PromptFile("a", "not shown")], PromptTemplate.Parse(Encoding.UTF8.GetBytes(Own), "codegen-tree"));

        var mark = Digest.Of("design\n"u8).Hex[..32];
        Assert.StartsWith($"Fixed text.\n\nbegin data {mark} design\ndesign\nend data {mark}\nBetween.\n\nbegin data ", prompt, StringComparison.Ordinal);
        Assert.Contains("Fix it {{design}}\n", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("not shown", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nid: codegen-tree", "---\nid: other", 2)]
    [InlineData("version: 2.1", "version: a b", 3)]
    [InlineData("---\nid", "--\nid", 1)]
    [InlineData("{{design}}", "{{designs}}", 6)]
    [InlineData("Fixed text.", "Fixed {{intent}} text.", 5)]
    [InlineData("Between.", "{{intent}}", 8)]
    [InlineData("Between.", "a }} b", 7)]
    [InlineData("{{design}}", "", 9)]
    public void Damaged_template_is_refused_at_its_line(string old, string damage, int line) =>
        Assert.Equal(line, Assert.Throws<PromptTemplateException>(() => PromptTemplate.Parse(Encoding.UTF8.GetBytes(Own.Replace(old, damage, StringComparison.Ordinal)), "codegen-tree")).Line);

    [Fact]
    public void Template_is_text_of_bounded_size()
    {
        Assert.Throws<PromptTemplateException>(() => PromptTemplate.Parse([0xFF], "codegen-tree"));
        Assert.Throws<PromptTemplateException>(() => PromptTemplate.Parse(Encoding.UTF8.GetBytes(Own + new string('x', 70_000)), "codegen-tree"));
    }
}
