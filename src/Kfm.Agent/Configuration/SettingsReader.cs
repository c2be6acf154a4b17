using System.Text.Json;

namespace Kfm.Agent.Configuration;

/// <summary>Reads kfm.json, format version 1, as a closed format.</summary>
internal static class SettingsReader
{
    private const int LargestFile = 1 << 20;
    private const int Deepest = 8;

    private static readonly string[] Tiers = ["low", "medium", "high", "critical"];

    public static KfmSettings Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LargestFile)
        {
            throw new KfmSettingsException($"the file has {utf8.Length} bytes; at most {LargestFile} are read.", "");
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read())
            {
                throw new KfmSettingsException("one JSON object is expected and something follows it.", "");
            }

            return Root(new SettingsNode(document.RootElement, ""));
        }
        catch (InvalidOperationException e)
        {
            throw new KfmSettingsException("a name of a member has half a surrogate pair.", "", e);
        }
        catch (JsonException e)
        {
            throw new KfmSettingsException($"not JSON at byte {e.BytePositionInLine} of line {e.LineNumber + 1}: {e.Message}", "", e);
        }
    }

    private static KfmSettings Root(SettingsNode root)
    {
        root.Expect(
            "$schema", "formatVersion", "project", "models", "egress", "environment", "restore", "build", "test", "lint", "contracts", "data", "sbom", "risk",
            "components", "people", "policies", "codeowners", "require", "limits", "telemetry",
            "reliability", "stewardship", "design", "agent");
        if (root.Get("formatVersion").Integer(0, int.MaxValue) is var version and not KfmSettings.FormatVersion)
        {
            throw root.Get("formatVersion").Wrong($"format version {version} is not known; this program reads version {KfmSettings.FormatVersion}");
        }

        // For editors only: nothing is fetched or trusted because of it.
        _ = root.Find("$schema")?.Text();
        return new KfmSettings
        {
            Project = Project(root.Get("project")),
            Models = root.Find("models") is { } models ? ModelsReader.Models(models, root.Find("environment")) : [],
            Egress = root.Find("egress") is { } egress ? ModelsReader.Egress(egress) : new EgressSettings(),
            AllowedEnvironment = root.Find("environment") is { } environment ? Environment(environment) : [],
            Restore = root.Find("restore") is { } restore ? Command(restore) : null,
            Build = root.Find("build") is { } build ? Build(build) : null,
            Test = root.Find("test") is { } test ? Test(test) : null,
            Lint = root.Find("lint") is { } lint ? Command(lint) : null,
            Contracts = root.Find("contracts")?.Items(Contract) ?? [],
            Data = root.Find("data")?.Items(Data) ?? [],
            SbomAssets = root.Find("sbom") is { } sbom ? Sbom(sbom) : [],
            Risk = root.Find("risk") is { } risk ? Risk(risk) : [],
            Components = root.Find("components") is { } components ? Components(components) : [],
            People = root.Find("people")?.Path(),
            Policies = root.Find("policies")?.Path(),
            Codeowners = root.Find("codeowners")?.Path(),
            RequireIsolation = root.Find("require") is { } require && Isolation(require),
            Telemetry = root.Find("telemetry") is { } telemetry ? TelemetryReader.Telemetry(telemetry) : null,
            Reliability = root.Find("reliability") is { } reliability ? TelemetryReader.Reliability(reliability) : null,
            Stewardship = root.Find("stewardship") is { } stewardship ? StewardshipReader.Read(stewardship) : new StewardshipSettings(),
            Design = root.Find("design") is { } design ? DesignReader.Read(design) : new DesignSettings(),
            Agent = root.Find("agent") is { } agent ? AgentSection.Read(agent) : new AgentSettings(),
            Limits = root.Find("limits") is { } limits ? Limits(limits) : new LimitSettings(),
        };
    }

    private static ProjectIdentity Project(SettingsNode node)
    {
        node.Expect("name", "version");
        return new ProjectIdentity(node.Get("name").Text(), node.Find("version")?.Text());
    }

    private static List<string> Environment(SettingsNode node)
    {
        node.Expect("allow");
        var names = node.Get("allow").Items(name => name.Variable());
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static CommandStep Command(SettingsNode node)
    {
        node.Expect("command");
        return new CommandStep(node.Get("command").Command());
    }

    private static BuildStep Build(SettingsNode node)
    {
        node.Expect("command", "artifacts");
        var artifacts = node.Get("artifacts").Items(glob => glob.Glob());
        return artifacts.Count > 0
            ? new BuildStep(node.Get("command").Command(), artifacts)
            : throw node.Get("artifacts").Wrong("a build without artifacts proves nothing; name at least one glob");
    }

    private static TestStep Test(SettingsNode node)
    {
        node.Expect("command", "results", "coverage");
        return new TestStep(node.Get("command").Command(), node.Get("results").Glob(), node.Find("coverage")?.Glob());
    }

    private static ContractSetting Contract(SettingsNode node)
    {
        node.Expect("data", "schema");
        return new ContractSetting(node.Get("data").Path(), node.Get("schema").Path());
    }

    private static DataSetting Data(SettingsNode node)
    {
        node.Expect("path", "labels");
        return new DataSetting(node.Get("path").Path(), node.Find("labels")?.Path());
    }

    private static List<string> Sbom(SettingsNode node)
    {
        node.Expect("assets");
        return node.Get("assets").Items(path => path.Path());
    }

    private static List<RiskRule> Risk(SettingsNode node)
    {
        node.Expect(Tiers);
        return [.. Tiers
            .Where(tier => node.Find(tier) is not null)
            .Select(tier => new RiskRule(tier, node.Get(tier).Items(glob => glob.Glob())))];
    }

    private static List<ComponentSetting> Components(SettingsNode node) => [.. node.Members()
        .Select(member => new ComponentSetting(member.Name, member.Node.Items(glob => glob.Glob())))
        .OrderBy(component => component.Name, StringComparer.Ordinal)];

    private static bool Isolation(SettingsNode node)
    {
        node.Expect("isolation");
        return node.Get("isolation").Flag();
    }

    private static LimitSettings Limits(SettingsNode node)
    {
        node.Expect("timeoutSeconds", "artifactFiles", "artifactMebibytes");
        var defaults = new LimitSettings();
        return new LimitSettings
        {
            TimeoutSeconds = node.Find("timeoutSeconds")?.Integer(1, 7_200) ?? defaults.TimeoutSeconds,
            ArtifactFiles = node.Find("artifactFiles")?.Integer(1, 100_000) ?? defaults.ArtifactFiles,
            ArtifactMebibytes = node.Find("artifactMebibytes")?.Integer(1, 16_384) ?? defaults.ArtifactMebibytes,
        };
    }
}
