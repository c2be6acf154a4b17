namespace Kfm.Agent.Configuration;

/// <summary>Reads the members <c>models</c> and <c>egress</c> of kfm.json.</summary>
internal static class ModelsReader
{
    // From the least to the most restricted, in the order of DataClass.
    private static readonly string[] Classes = ["public", "internal", "confidential", "restricted"];
    private static readonly string[] Protocols = ["anthropic", "openai"];

    public static List<ModelSetting> Models(SettingsNode node, SettingsNode? environment)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var models = node.Items(item => Model(item) is var model && names.Add(model.Name)
            ? model
            : throw item.Get("name").Wrong("this name stands here twice"));
        environment?.Get("allow").Items(name => models.Any(m => string.Equals(m.KeyVariable, name.Text(), StringComparison.Ordinal))
            ? throw name.Wrong("this variable is the key of a model; commands of the repository never see it")
            : name);
        return models;
    }

    public static EgressSettings Egress(SettingsNode node)
    {
        node.Expect("default", "classes", "allow");
        return new EgressSettings
        {
            Default = node.Find("default") is { } word ? Class(word) : new EgressSettings().Default,
            Classes = node.Find("classes") is { } classes ? Rules(classes) : [],
            Allowed = node.Find("allow") is { } allow ? Allowances(allow) : [],
        };
    }

    private static ModelSetting Model(SettingsNode node)
    {
        node.Expect("name", "provider", "protocol", "model", "region", "timeoutSeconds", "maxTokens", "retries", "stream", "steady");
        var setting = new ModelSetting
        {
            Name = node.Get("name").Word(),
            Provider = node.Get("provider").Word(),
            Protocol = Protocol(node),
            Model = node.Get("model").Text(),
            Region = node.Get("region").Word(),
        };
        return setting with
        {
            TimeoutSeconds = node.Find("timeoutSeconds")?.Integer(1, 3_600) ?? setting.TimeoutSeconds,
            MaxTokens = node.Find("maxTokens")?.Integer(1, 1_000_000) ?? setting.MaxTokens,
            Retries = node.Find("retries")?.Integer(0, 10) ?? setting.Retries,
            Stream = node.Find("stream")?.Flag() ?? setting.Stream,
            Steady = node.Find("steady")?.Flag() ?? setting.Steady,
        };
    }

    private static string Protocol(SettingsNode node)
    {
        var provider = node.Get("provider").Word();
        if (node.Find("protocol") is not { } protocol)
        {
            return Protocols.Contains(provider, StringComparer.Ordinal)
                ? provider
                : throw node.Wrong("a provider other than anthropic and openai needs the member 'protocol'");
        }

        return Protocols.Contains(protocol.Text(), StringComparer.Ordinal) ? protocol.Text() : throw protocol.Wrong("a protocol is anthropic or openai");
    }

    private static DataClass Class(SettingsNode word) => Array.IndexOf(Classes, word.Text()) is var at and >= 0
        ? (DataClass)at
        : throw word.Wrong($"a class is one of {string.Join(", ", Classes)}");

    private static List<ClassRule> Rules(SettingsNode node)
    {
        node.Expect(Classes);
        return [.. Classes.Index()
            .Where(c => node.Find(c.Item) is not null)
            .Select(c => new ClassRule((DataClass)c.Index, node.Get(c.Item).Items(glob => glob.Glob())))];
    }

    private static List<EgressAllowance> Allowances(SettingsNode node)
    {
        node.Expect(Classes);
        return [.. Classes.Index()
            .Where(c => node.Find(c.Item) is not null)
            .SelectMany(c => node.Get(c.Item).Items(line => Allowance((DataClass)c.Index, line)))];
    }

    private static EgressAllowance Allowance(DataClass value, SettingsNode node)
    {
        node.Expect("provider", "regions", "training");
        var regions = node.Get("regions").Items(region => region.Word());
        return regions.Count > 0
            ? new EgressAllowance(value, node.Get("provider").Word(), regions, node.Find("training")?.Flag() ?? true)
            : throw node.Get("regions").Wrong("name at least one region");
    }
}
