using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Egress;
using Kfm.Agent.Configuration;
using Kfm.Agent.Tests.Codegen.Chain;

namespace Kfm.Agent.Tests.Codegen.Egress;

public sealed class EgressTests
{
    private static readonly ModelSetting Target = new() { Name = "a", Provider = "anthropic", Protocol = "anthropic", Model = "m", Region = "us" };
    private static readonly IReadOnlyDictionary<string, byte[]?> NoSidecars = new Dictionary<string, byte[]?>();

    [Fact]
    public void Nothing_leaves_unless_a_line_allows_it() =>
        Assert.NotNull(EgressRules.Refusal(new EgressSettings(), new PromptClass(DataClass.Public, Training: true), Target));

    [Theory]
    [InlineData(DataClass.Internal, "anthropic", "us", true, true, null)]
    [InlineData(DataClass.Internal, "anthropic", "tt,us", true, true, null)]
    [InlineData(DataClass.Internal, "openai", "us", true, true, "allows no internal text to go to the provider anthropic")]
    [InlineData(DataClass.Internal, "anthropic", "tt", true, true, "in the region us")]
    [InlineData(DataClass.Public, "anthropic", "us", true, true, "allows no internal text")]
    [InlineData(DataClass.Restricted, "anthropic", "us", true, true, "allows no internal text")]
    [InlineData(DataClass.Internal, "anthropic", "us", true, false, "must not train")]
    [InlineData(DataClass.Internal, "anthropic", "us", false, false, null)]
    public void Line_allows_its_class_provider_and_regions_only(DataClass of, string provider, string regions, bool trains, bool mayTrain, string? words)
    {
        var settings = new EgressSettings { Allowed = [new EgressAllowance(of, provider, regions.Split(','), trains)] };

        var refusal = EgressRules.Refusal(settings, new PromptClass(DataClass.Internal, mayTrain), Target);

        Assert.True(words is null ? refusal is null : refusal?.Contains(words, StringComparison.Ordinal) == true, refusal);
    }

    [Fact]
    public async Task Refused_prompt_does_not_even_make_the_model()
    {
        var made = 0;
        var guard = new EgressGuard(new EgressSettings(), Target, () =>
        {
            made++;
            return ScriptedModel.Sure(1);
        });

        await Assert.ThrowsAsync<EgressRefusedException>(() => guard.CompleteAsync(new CodegenRequest("p", "a", 1), default));

        Assert.Equal(0, made);
    }

    [Fact]
    public void Model_is_made_exactly_when_a_line_allows_it() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        string[] providers = ["anthropic", "openai"], regions = ["us", "tt", "eu"];
        var lines = Enumerable.Range(0, random.Next(6))
            .Select(_ => new EgressAllowance((DataClass)random.Next(4), providers[random.Next(2)], [.. regions.Where(_ => random.Next(2) == 0)], random.Next(2) == 0))
            .ToArray();
        var prompt = new PromptClass((DataClass)random.Next(4), random.Next(2) == 0);
        var target = Target with { Provider = providers[random.Next(2)], Region = regions[random.Next(3)] };
        var model = ScriptedModel.Sure(1);

        var asked = new EgressGuard(new EgressSettings { Allowed = lines }, target, () => model).CompleteAsync(new CodegenRequest("p", "a", 1) { PromptClass = prompt }, default);

        var allowed = lines.Any(l => l.Class == prompt.Class && l.Provider == target.Provider && l.Regions.Contains(target.Region) && (prompt.Training || !l.Training));
        Assert.Equal((allowed, allowed ? 1 : 0), (asked.IsCompletedSuccessfully, model.Calls));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("docs/a.txt", "x", DataClass.Public, true)]
    [InlineData("src/a.cs", "x", DataClass.Internal, true)]
    [InlineData("data/secret/a.csv", "x", DataClass.Restricted, true)]
    [InlineData("docs/a.md", "---\nclassification: Public\n---\n", DataClass.Public, true)]
    [InlineData("src/a.md", "---\nclassification: Public\n---\n", DataClass.Internal, true)]
    [InlineData("docs/a.md", "---\nclassification: Confidential\n---\n", DataClass.Restricted, true)]
    [InlineData("docs/a.md", "---\nclassification: Eyes only\n---\n", DataClass.Restricted, true)]
    [InlineData("docs/a.md", "---\nsensitivity_level: High\n---\n", DataClass.Confidential, true)]
    [InlineData("docs/a.md", "---\nsensitivity_level: Medium\n---\n", DataClass.Internal, true)]
    [InlineData("docs/a.md", "---\nindigenous_rights_flag: true\n---\n", DataClass.Restricted, true)]
    [InlineData("docs/a.md", "---\ncare_label: \"Public \u00b7 Low-Risk\"\n---\n", DataClass.Public, true)]
    [InlineData("docs/a.md", "---\nai_training_inclusion: false\n---\n", DataClass.Public, false)]
    [InlineData("docs/a.md", "---\nai_focusmode_usage: \"Allowed with restrictions\"\n---\n", DataClass.Public, true)]
    [InlineData("docs/a.yaml", "---\nclassification:\n  nested: x\n", DataClass.Public, true)]
    public void Prompt_has_the_class_of_its_most_restricted_text(string path, string text, DataClass expected, bool training)
    {
        var selection = PromptScreen.Select(Settings(DataClass.Public), "Do it", [new PromptFile(path, text)], NoSidecars);

        Assert.Equal(new PromptClass(expected, training), selection.Class);
        Assert.Single(selection.Shown);
    }

    [Theory]
    [InlineData("docs/a.md", "---\nai_transform_prohibited:\n  - content-alteration\n---\n", null, "ethics.ai")]
    [InlineData("docs/a.md", "---\nai_focusmode_usage: Prohibited\n---\n", null, "ethics.ai-focus")]
    [InlineData("docs/a.md", "---\nai_focusmode_usage: perhaps\n---\n", null, "ethics.ai-focus")]
    [InlineData("docs/a.md", "---\nclassification:\n  key: value\n---\n", null, "cannot be read")]
    [InlineData("docs/a.md", "---\nai_transform_permissions: [summary]\nai_transform_prohibited: [summary]\n---\n", null, "permit and prohibit")]
    [InlineData("docs/a.csv", "x", """{"ai_focus":"prohibited"}""", "ethics.ai-focus")]
    [InlineData("docs/a.csv", "x", """{"ai":"prohibited"}""", "ethics.ai")]
    [InlineData("docs/a.csv", "x", """{"ai":"maybe"}""", "ethics.ai")]
    [InlineData("docs/a.csv", "x", "{", "cannot be read")]
    [InlineData("docs/a.csv", "x", "", "not there")]
    public void File_that_forbids_models_does_not_enter_the_prompt(string path, string text, string? sidecar, string reason)
    {
        var sidecars = new Dictionary<string, byte[]?>();
        if (sidecar is not null)
        {
            sidecars[path] = sidecar.Length == 0 ? null : System.Text.Encoding.UTF8.GetBytes(sidecar);
        }

        var selection = PromptScreen.Select(Settings(DataClass.Public), "Do it", [new PromptFile(path, text), new PromptFile("docs/b.txt", "")], sidecars);

        Assert.Equal(["docs/b.txt"], selection.Shown.Select(f => f.Path));
        Assert.Contains(reason, Assert.Single(selection.Withheld).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_of_the_seed_stays_here()
    {
        const string Seed = """
            ---
            classification: "Public"
            sensitivity_level: "None"
            care_label: "Public \u00b7 Low-Risk"
            indigenous_rights_flag: true
            ai_training_inclusion: false
            ai_focusmode_usage: "Allowed with restrictions"
            ai_transform_prohibited:
              - "content-alteration"
            ---
            """;

        Assert.Single(PromptScreen.Select(Settings(DataClass.Public), "Do it", [new PromptFile("docs/a.md", Seed)], NoSidecars).Withheld);
    }

    [Theory]
    [InlineData("Do it", DataClass.Internal)]
    [InlineData("---\nclassification: public\n---\nDo it", DataClass.Internal)]
    [InlineData("---\nclassification: restricted\n---\nDo it", DataClass.Restricted)]
    [InlineData("---\nai_transform_prohibited:\n  - content-alteration\n---\nDo it", DataClass.Restricted)]
    [InlineData("---\nno end", DataClass.Restricted)]
    public void Intent_counts_and_cannot_lower_its_class(string intent, DataClass expected) =>
        Assert.Equal(expected, PromptScreen.Select(Settings(DataClass.Internal), intent, [], NoSidecars).Class.Class);

    [Fact]
    public void Labels_of_data_raise_the_class()
    {
        var sidecars = new Dictionary<string, byte[]?> { ["docs/a.csv"] = """{"sovereignty":"indigenous","ai":"allowed"}"""u8.ToArray() };

        Assert.Equal(DataClass.Restricted, PromptScreen.Select(Settings(DataClass.Public), "Do it", [new PromptFile("docs/a.csv", "x")], sidecars).Class.Class);
    }

    private static EgressSettings Settings(DataClass intent) => new()
    {
        Default = intent,
        Classes =
        [
            new ClassRule(DataClass.Public, [Glob.Parse("docs/**")]),
            new ClassRule(DataClass.Internal, [Glob.Parse("src/**")]),
            new ClassRule(DataClass.Restricted, [Glob.Parse("data/secret/**")]),
        ],
    };
}
