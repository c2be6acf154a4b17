using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>SLSA provenance 0.2 (slsa.dev/provenance/v0.2).</summary>
public sealed record SlsaProvenanceV02 : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://slsa.dev/provenance/v0.2";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>Who built (<c>builder.id</c>).</summary>
    public required string BuilderId { get; init; }

    /// <summary>The URI of the template of the build.</summary>
    public required string BuildType { get; init; }

    /// <summary>The event that started the build (<c>invocation</c>: configSource, parameters, environment), or null.</summary>
    public JsonObject? Invocation { get; init; }

    /// <summary>The steps of the build, or null.</summary>
    public JsonObject? BuildConfig { get; init; }

    /// <summary>Times, completeness, reproducibility (<c>metadata</c>), or null.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>What influenced the build, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? Materials { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new JsonObject { ["builder"] = new JsonObject { ["id"] = BuilderId }, ["buildType"] = BuildType }
        .With("invocation", Invocation)
        .With("buildConfig", BuildConfig)
        .With("metadata", Metadata)
        .WithList("materials", Materials, m => m.ToNode());

    internal static SlsaProvenanceV02 Read(JsonCursor json, StatementRules rules) => new()
    {
        BuilderId = json.Member("builder").Required("id"),
        BuildType = json.Required("buildType"),
        Invocation = json.Object("invocation"),
        BuildConfig = json.Object("buildConfig"),
        Metadata = json.Object("metadata"),
        Materials = json.Descriptors("materials", rules),
    };
}
