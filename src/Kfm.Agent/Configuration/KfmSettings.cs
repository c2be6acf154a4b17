namespace Kfm.Agent.Configuration;

/// <summary>What a repository tells Kfm in kfm.json: its steps, contracts, data, risks and limits.</summary>
/// <remarks>
/// The format is closed: an unknown member is an error. Every step is optional, and one that is not there is skipped, not failed.
/// The bytes come from the base commit of a proposal, never from the proposal. <c>schemas/kfm-v1.schema.json</c> is the published schema.
/// </remarks>
public sealed record KfmSettings
{
    /// <summary>The name of the file at the root of the repository.</summary>
    public const string FileName = "kfm.json";

    /// <summary>The version of the format that this type reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>What the repository calls itself.</summary>
    public required ProjectIdentity Project { get; init; }

    /// <summary>The chat models that a caller can pick, in the order of the file.</summary>
    public IReadOnlyList<ModelSetting> Models { get; init; } = [];

    /// <summary>Where prompts may go; nowhere by default.</summary>
    public EgressSettings Egress { get; init; } = new();

    /// <summary>The names of the variables of the host's environment that commands see besides PATH; sorted.</summary>
    public IReadOnlyList<string> AllowedEnvironment { get; init; } = [];

    /// <summary>How dependencies are fetched: the one step that has a network.</summary>
    public CommandStep? Restore { get; init; }

    /// <summary>How the repository is built.</summary>
    public BuildStep? Build { get; init; }

    /// <summary>How the repository is tested.</summary>
    public TestStep? Test { get; init; }

    /// <summary>How the style of the repository is checked.</summary>
    public CommandStep? Lint { get; init; }

    /// <summary>The data contracts, in the order of the file.</summary>
    public IReadOnlyList<ContractSetting> Contracts { get; init; } = [];

    /// <summary>The data files, in the order of the file.</summary>
    public IReadOnlyList<DataSetting> Data { get; init; } = [];

    /// <summary>The paths of the project.assets.json files from which the bill of materials is made, after restore.</summary>
    public IReadOnlyList<string> SbomAssets { get; init; } = [];

    /// <summary>The rules of risk by changed path, from low to critical.</summary>
    public IReadOnlyList<RiskRule> Risk { get; init; } = [];

    /// <summary>The components, sorted by name.</summary>
    public IReadOnlyList<ComponentSetting> Components { get; init; } = [];

    /// <summary>The path of the file with people, their keys and roles; null when there is none.</summary>
    public string? People { get; init; }

    /// <summary>The path of the folder with the repository's own policies; null for those that Kfm ships.</summary>
    public string? Policies { get; init; }

    /// <summary>The path of the CODEOWNERS file; null when there is none.</summary>
    public string? Codeowners { get; init; }

    /// <summary>Whether the commands of the repository must run isolated.</summary>
    public bool RequireIsolation { get; init; }

    /// <summary>The factors and limits of energy and emissions; null when the repository states none, and nothing is worked out.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    /// <summary>The reliability budget; null when there is none.</summary>
    public ReliabilitySettings? Reliability { get; init; }

    /// <summary>What goes to the stewards beside what always does.</summary>
    public StewardshipSettings Stewardship { get; init; } = new();

    /// <summary>How designs are written.</summary>
    public DesignSettings Design { get; init; } = new();

    /// <summary>What a command-line coding agent may use.</summary>
    public AgentSettings Agent { get; init; } = new();

    /// <summary>How much a command may use.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>Reads kfm.json.</summary>
    /// <param name="utf8">The bytes of the file, UTF-8 without a byte order mark, at most 1 MiB.</param>
    /// <exception cref="KfmSettingsException">The bytes are not a kfm.json of format version 1.</exception>
    public static KfmSettings Parse(ReadOnlySpan<byte> utf8) => SettingsReader.Read(utf8);
}
