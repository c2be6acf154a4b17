using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Configuration;

public sealed class KfmSettingsTests
{
    private static readonly CompiledSchema Schema = CompiledSchema.Compile(File.ReadAllBytes(RepositoryRoot.Combine("schemas", "kfm-v1.schema.json")));

    /// <summary>What is wrong with a document, and where.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """[]""", "" },
        { """{"project":{"name":"p"}}""", "" },
        { """{"formatVersion":1}""", "" },
        { """{"formatVersion":2,"project":{"name":"p"}}""", "/formatVersion" },
        { """{"formatVersion":1,"project":{"name":""}}""", "/project/name" },
        { """{"formatVersion":1,"project":{"name":"p","licence":"MIT"}}""", "/project/licence" },
        { """{"formatVersion":1,"project":{"name":"p"},"deploy":{}}""", "/deploy" },
        { """{"formatVersion":1,"project":{"name":"p"},"a/b~c":{}}""", "/a~1b~0c" },
        { """{"formatVersion":1,"project":{"name":"p"},"restore":{"command":"dotnet restore"}}""", "/restore/command" },
        { """{"formatVersion":1,"project":{"name":"p"},"restore":{"command":[]}}""", "/restore/command" },
        { """{"formatVersion":1,"project":{"name":"p"},"restore":{"command":[""]}}""", "/restore/command" },
        { """{"formatVersion":1,"project":{"name":"p"},"restore":{"command":["a",1]}}""", "/restore/command/1" },
        { """{"formatVersion":1,"project":{"name":"p"},"build":{"command":["make"],"artifacts":[]}}""", "/build/artifacts" },
        { """{"formatVersion":1,"project":{"name":"p"},"build":{"command":["make"],"artifacts":["/etc/passwd"]}}""", "/build/artifacts/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"build":{"command":["make"],"artifacts":["a/../b"]}}""", "/build/artifacts/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"build":{"command":["make"],"artifacts":["a[bc]"]}}""", "/build/artifacts/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"risk":{"low":["a{b"]}}""", "/risk/low/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"test":{"command":["make"]}}""", "/test" },
        { """{"formatVersion":1,"project":{"name":"p"},"contracts":[{"data":"a\\b","schema":"s"}]}""", "/contracts/0/data" },
        { """{"formatVersion":1,"project":{"name":"p"},"people":"../people.json"}""", "/people" },
        { """{"formatVersion":1,"project":{"name":"p"},"environment":{"allow":["A=B"]}}""", "/environment/allow/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"risk":{"extreme":[]}}""", "/risk/extreme" },
        { """{"formatVersion":1,"project":{"name":"p"},"require":{"isolation":"yes"}}""", "/require/isolation" },
        { """{"formatVersion":1,"project":{"name":"p"},"telemetry":{}}""", "/telemetry" },
        { """{"formatVersion":1,"project":{"name":"p"},"telemetry":{"wattsPerProcessor":0}}""", "/telemetry/wattsPerProcessor" },
        { """{"formatVersion":1,"project":{"name":"p"},"telemetry":{"wattsPerProcessor":"5"}}""", "/telemetry/wattsPerProcessor" },
        { """{"formatVersion":1,"project":{"name":"p"},"telemetry":{"wattsPerProcessor":5,"limits":{"co2eKg":1}}}""", "/telemetry/limits/co2eKg" },
        { """{"formatVersion":1,"project":{"name":"p"},"telemetry":{"wattsPerProcessor":5,"limits":{"energyKwh":-1}}}""", "/telemetry/limits/energyKwh" },
        { """{"formatVersion":1,"project":{"name":"p"},"reliability":{"objective":1}}""", "/reliability/objective" },
        { """{"formatVersion":1,"project":{"name":"p"},"reliability":{"objective":0.9,"days":0}}""", "/reliability/days" },
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a,b","provider":"openai","model":"m","region":"us"}]}""", "/models/0/name" },
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a","provider":"house","model":"m","region":"tt"}]}""", "/models/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a","provider":"house","protocol":"mcp","model":"m","region":"tt"}]}""", "/models/0/protocol" },
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a","provider":"openai","model":"m"}]}""", "/models/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a","provider":"openai","model":"m","region":"us","endpoint":"https://x"}]}""", "/models/0/endpoint" },
        { """{"formatVersion":1,"project":{"name":"p"},"egress":{"default":"secret"}}""", "/egress/default" },
        { """{"formatVersion":1,"project":{"name":"p"},"egress":{"classes":{"secret":[]}}}""", "/egress/classes/secret" },
        { """{"formatVersion":1,"project":{"name":"p"},"egress":{"allow":{"public":[{"provider":"openai","regions":[]}]}}}""", "/egress/allow/public/0/regions" },
        { """{"formatVersion":1,"project":{"name":"p"},"egress":{"allow":{"public":[{"provider":"openai"}]}}}""", "/egress/allow/public/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"egress":{"allow":{"public":[{"provider":"openai","regions":["*"]}]}}}""", "/egress/allow/public/0/regions/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"template":"api"}}""", "/design/template" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"default":"API"}}""", "/design/default" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"default":""}}""", "/design/default" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"components":{"a":"-b"}}}""", "/design/components/a" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"templates":"../t"}}""", "/design/templates" },
        { """{"formatVersion":1,"project":{"name":"p"},"design":{"specifications":["a{b"]}}""", "/design/specifications/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"limits":{"timeoutSeconds":0}}""", "/limits/timeoutSeconds" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"command":["x"]}}""", "/agent/command" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"network":1}}""", "/agent/network" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"timeoutSeconds":7201}}""", "/agent/timeoutSeconds" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"environment":["A-B"]}}""", "/agent/environment/0" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"log":"../x"}}""", "/agent/log" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"log":"~/"}}""", "/agent/log" },
        { """{"formatVersion":1,"project":{"name":"p"},"agent":{"version":[]}}""", "/agent/version" },
        { """{"formatVersion":1,"project":{"name":"p"},"limits":{"timeoutSeconds":1.5}}""", "/limits/timeoutSeconds" },
    };

    /// <summary>What no schema can see.</summary>
    public static TheoryData<string, string> Malformed => new()
    {
        { """{"formatVersion":1,"project":{"name":"p"},"models":[{"name":"a","provider":"openai","model":"m","region":"us"},{"name":"a","provider":"openai","model":"n","region":"us"}]}""", "/models/1/name" },
        { """{"formatVersion":1,"project":{"name":"p"},"environment":{"allow":["CI","OPENAI_API_KEY"]},"models":[{"name":"a","provider":"openai","model":"m","region":"us"}]}""", "/environment/allow/1" },
        { "", "" },
        { "{", "" },
        { """{"formatVersion":1,"project":{"name":"p"}} {}""", "" },
        { """{"formatVersion":1,"project":{"name":"p"},}""", "" },
        { """{"formatVersion":1,"project":{"name":"p","name":"q"}}""", "/project/name" },
        { """{"formatVersion":1,"project":{"name":"\ud800"}}""", "/project/name" },
        { """{"formatVersion":1,"project":{"name":"p"},"\ud800":1}""", "" },
        { """{"formatVersion":1,"project":[[[[[[[[[]]]]]]]]]}""", "" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_document_that_the_schema_refuses_is_refused_at_its_place(string json, string pointer)
    {
        Assert.Equal(pointer, Assert.Throws<KfmSettingsException>(() => Read(json)).Pointer);
        Assert.False(Schema.Validate(Encoding.UTF8.GetBytes(json)).IsValid);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_document_is_refused_at_its_place(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<KfmSettingsException>(() => Read(json)).Pointer);

    [Fact]
    public void Models_and_the_way_out_are_read()
    {
        const string Json = """
            {"formatVersion":1,"project":{"name":"p"},
             "models":[{"name":"claude","provider":"anthropic","model":"m-1","region":"us"},
                       {"name":"local","provider":"house","protocol":"openai","model":"m-2","region":"tt","timeoutSeconds":5,"maxTokens":10,"retries":0,"stream":false,"steady":false}],
             "egress":{"default":"confidential","classes":{"public":["docs/**"],"restricted":["docs/secret/**"]},
                       "allow":{"internal":[{"provider":"anthropic","regions":["us","eu"],"training":false}]}}}
            """;

        var settings = Read(Json);

        Assert.True(Schema.Validate(Encoding.UTF8.GetBytes(Json)).IsValid);
        Assert.Equal(new ModelSetting { Name = "claude", Provider = "anthropic", Protocol = "anthropic", Model = "m-1", Region = "us" }, settings.Models[0]);
        Assert.Equal(("openai", 5, 10, 0, false, false, "HOUSE_API_KEY", false), (settings.Models[1].Protocol, settings.Models[1].TimeoutSeconds, settings.Models[1].MaxTokens, settings.Models[1].Retries, settings.Models[1].Stream, settings.Models[1].Steady, settings.Models[1].KeyVariable, settings.Models[1].NeedsKey));
        Assert.Equal([DataClass.Public, DataClass.Restricted, DataClass.Confidential], new[] { "docs/a", "docs/secret/a", "src/a" }.Select(settings.Egress.ClassOf));
        var line = Assert.Single(settings.Egress.Allowed);
        Assert.Equal((DataClass.Internal, "anthropic", false), (line.Class, line.Provider, line.Training));
    }

    [Fact]
    public void Too_large_a_document_is_refused() =>
        Assert.Throws<KfmSettingsException>(() => KfmSettings.Parse(new byte[(1 << 20) + 1]));

    [Fact]
    public void An_agent_is_given_what_its_section_says_and_little_without_one()
    {
        var agent = KfmSettings.Parse("""
            {"formatVersion":1,"project":{"name":"p"},"agent":{"network":true,"timeoutSeconds":9,"environment":["B","A"],"log":"~/.agent/**/*.jsonl","version":["agent","--version"]}}
            """u8).Agent;
        Assert.True(agent.Network);
        Assert.Equal(9, agent.TimeoutSeconds);
        Assert.Equal(["A", "B"], agent.Environment);
        Assert.Equal((".agent/**/*.jsonl", true), (agent.Log!.Pattern, agent.LogInHome));
        Assert.Equal(["agent", "--version"], agent.Version);

        var none = KfmSettings.Parse("""{"formatVersion":1,"project":{"name":"p"}}"""u8).Agent;
        Assert.Equal((false, 1_800, null), (none.Network, none.TimeoutSeconds, none.Log));
        Assert.Empty(none.Environment);
        Assert.Empty(none.Version);
    }

    [Fact]
    public void A_document_without_steps_has_none_and_the_default_limits()
    {
        var settings = Read("""{"formatVersion":1,"project":{"name":"p"}}""");

        Assert.Equal(new ProjectIdentity("p", null), settings.Project);
        Assert.True(settings is { Restore: null, Build: null, Test: null, Lint: null, RequireIsolation: false });
        Assert.Equal(new LimitSettings { TimeoutSeconds = 600, ArtifactFiles = 10_000, ArtifactMebibytes = 1_024 }, settings.Limits);
    }

    [Theory]
    [InlineData("land-parcels")]
    [InlineData("field-notes")]
    public void The_samples_keep_the_published_schema(string target)
    {
        var bytes = File.ReadAllBytes(RepositoryRoot.Combine("samples", "targets", target, KfmSettings.FileName));

        Assert.Empty(Schema.Validate(bytes).Errors);
        Assert.NotNull(KfmSettings.Parse(bytes).Build);
    }

    [Fact]
    public void Every_member_is_read()
    {
        var settings = KfmSettings.Parse(File.ReadAllBytes(RepositoryRoot.Combine("samples", "targets", "land-parcels", KfmSettings.FileName)));

        Assert.Equal(new ProjectIdentity("parcels", "1.2.0"), settings.Project);
        Assert.Equal(["dotnet", "restore", "Parcels.slnx", "--locked-mode"], settings.Restore!.Command);
        Assert.Equal("artifacts/test-results/*.trx", settings.Test!.Results.Pattern);
        Assert.Equal([new ContractSetting("data/parcels.csv", "contracts/parcels.schema.json")], settings.Contracts);
        Assert.Equal([new DataSetting("data/parcels.csv", "data/parcels.labels.json")], settings.Data);
        Assert.Equal(["artifacts/obj/Parcels/project.assets.json"], settings.SbomAssets);
        Assert.Equal(["low", "medium", "high", "critical"], settings.Risk.Select(rule => rule.Tier));
        Assert.Equal(["data", "docs", "library", "tests"], settings.Components.Select(component => component.Name));
        Assert.Equal((".kfm/people.json", null, "CODEOWNERS"), (settings.People, settings.Policies, settings.Codeowners));
        Assert.Equal(300, settings.Limits.TimeoutSeconds);
    }

    private static KfmSettings Read(string json) => KfmSettings.Parse(Encoding.UTF8.GetBytes(json));
}
