using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Tests.Designs;

public sealed class DesignTemplateTests
{
    private const string Header = "<!-- kfm-design-template id=mine version=3 -->\n";

    private static string All { get; } = string.Join('\n', DesignTemplate.Placeholders.Select(p => "{{" + p + "}}"));

    [Fact]
    public void Shipped_templates_are_versioned_files_with_digests()
    {
        Assert.Equal(["api", "database", "library", "ui-component"], DesignTemplates.Shipped.All.Select(t => t.Id));
        Assert.All(DesignTemplates.Shipped.All, t => Assert.Equal(("kfm:templates/designs/" + t.Id + ".md", 1), (t.Name, t.Version)));
        Assert.Equal(4, DesignTemplates.Shipped.All.Select(t => t.Digest).Distinct().Count());
    }

    [Fact]
    public void Template_has_id_version_and_digest_of_its_bytes()
    {
        var template = Parse(Header + All);

        Assert.Equal(("mine", 3), (template.Id, template.Version));
        Assert.Equal(Provenance.Digests.Digest.Of(template.Utf8.Span), template.Digest);
    }

    [Theory]
    [InlineData("x {{owner}}", 2, 3)]
    [InlineData("\n\n  {{ title }}", 4, 3)]
    [InlineData("{{Title}}", 2, 1)]
    [InlineData("{{title", 2, 1)]
    [InlineData("{{title}} {{", 2, 11)]
    public void Unknown_placeholder_is_refused_at_its_place(string body, int line, int column)
    {
        var error = Assert.Throws<DesignTemplateException>(() => Parse(Header + body));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"repo:templates/designs/mine.md({line},{column}): ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# {{title}}\n")]
    [InlineData("<!-- kfm-design-template id=Mine version=1 -->\n")]
    [InlineData("<!-- kfm-design-template id=mine version=0 -->\n")]
    [InlineData("<!-- kfm-design-template id=mine -->\n")]
    public void File_without_the_first_line_is_refused(string text) =>
        Assert.Equal((1, 1), (Assert.Throws<DesignTemplateException>(() => Parse(text)).Line, 1));

    [Theory]
    [InlineData("risk")]
    [InlineData("rollback")]
    [InlineData("specifications")]
    public void Template_that_hides_a_part_is_refused(string placeholder) => Assert.Contains(
        "{{" + placeholder + "}} is missing",
        Assert.Throws<DesignTemplateException>(() => Parse(Header + All.Replace("{{" + placeholder + "}}", "", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void File_that_is_not_utf8_or_too_long_is_refused()
    {
        Assert.Throws<DesignTemplateException>(() => DesignTemplate.Parse("x", [0xff]));
        Assert.Throws<DesignTemplateException>(() => Parse(Header + All + new string(' ', 65536)));
    }

    [Fact]
    public void Own_template_stands_in_the_place_of_a_shipped_one_or_beside_it()
    {
        var templates = DesignTemplates.Shipped.With([
            Named("repo:templates/designs/api.md", Header.Replace("mine", "api", StringComparison.Ordinal) + All), Parse(Header + All)]);

        Assert.Equal(("repo:templates/designs/api.md", 3), (templates.Get("api").Name, templates.Get("api").Version));
        Assert.Equal(["api", "database", "library", "mine", "ui-component"], templates.All.Select(t => t.Id));
        Assert.Equal(1, DesignTemplates.Shipped.Get("api").Version);
    }

    [Fact]
    public void Own_template_under_another_name_is_refused() =>
        Assert.Throws<DesignTemplateException>(() => DesignTemplates.Shipped.With([Named("repo:templates/designs/other.md", Header + All)]));

    [Theory]
    [InlineData("Backfill the owners table", "database", "template.kind", "migration")]
    [InlineData("Deprecate the old endpoint", "api", "template.kind", "api")]
    [InlineData("Improve db/Migrations/Seed.cs", "database", "template.kind", "migration")]
    [InlineData("Improve web/Map.razor", "ui-component", "template.path", "web/Map.razor")]
    [InlineData("Improve src/Endpoints/Map.cs", "api", "template.kind", "api")]
    [InlineData("Improve src/Controllers/Map.cs", "api", "template.path", "src/Controllers/Map.cs")]
    [InlineData("Show a legend beside the map", "ui-component", "template.word", "legend")]
    [InlineData("Add the area of a tract in square metres", "library", "template.default", "")]
    public void Template_is_chosen_by_a_rule_that_is_named(string text, string id, string rule, string matched)
    {
        var choice = DesignTemplateChoice.Choose(DesignTemplates.Shipped, Asked(text), new DesignSettings());

        Assert.Equal((id, rule, matched), (choice.Template.Id, choice.Rule, choice.Matched));
    }

    [Fact]
    public void Settings_of_the_repository_go_before_the_rules()
    {
        var settings = new DesignSettings
        {
            DefaultTemplate = "api",
            ComponentTemplates = new Dictionary<string, string>(StringComparer.Ordinal) { ["Store"] = "database" },
        };

        Assert.Equal(("database", "Store"), Chosen("Show a legend in the store", settings));
        Assert.Equal(("api", ""), Chosen("Make it better", settings));
        Assert.Throws<DesignTemplateException>(() => Chosen("Make it better", settings with { DefaultTemplate = "none" }));
    }

    private static (string, string) Chosen(string text, DesignSettings settings)
    {
        var choice = DesignTemplateChoice.Choose(DesignTemplates.Shipped, Asked(text, "Store"), settings);
        return (choice.Template.Id, choice.Matched);
    }

    private static StructuredIntent Asked(string text, params string[] components) =>
        IntentClassifier.Classify(new Intent(text, "test", null, "person:1", DateTimeOffset.UnixEpoch), components);

    private static DesignTemplate Parse(string text) => Named("repo:templates/designs/mine.md", text);

    private static DesignTemplate Named(string name, string text) => DesignTemplate.Parse(name, Encoding.UTF8.GetBytes(text));
}
