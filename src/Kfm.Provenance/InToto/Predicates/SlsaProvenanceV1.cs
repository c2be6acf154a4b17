using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>SLSA provenance 1 (slsa.dev/provenance/v1).</summary>
public sealed record SlsaProvenanceV1 : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://slsa.dev/provenance/v1";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>The URI of the template of the build.</summary>
    public required string BuildType { get; init; }

    /// <summary>The parameters that came from outside; they must be complete.</summary>
    public required JsonObject ExternalParameters { get; init; }

    /// <summary>The parameters that the builder set, or null.</summary>
    public JsonObject? InternalParameters { get; init; }

    /// <summary>What was needed at build time, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? ResolvedDependencies { get; init; }

    /// <summary>Who built: the URI of the transitive closure of what is trusted.</summary>
    public required string BuilderId { get; init; }

    /// <summary>The versions of the components of the builder.</summary>
    public IReadOnlyDictionary<string, string> BuilderVersion { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the builder depends on, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? BuilderDependencies { get; init; }

    /// <summary>The id of the run, or null.</summary>
    public string? InvocationId { get; init; }

    /// <summary>When the build started, RFC 3339, or null.</summary>
    public string? StartedOn { get; init; }

    /// <summary>When the build ended, RFC 3339, or null.</summary>
    public string? FinishedOn { get; init; }

    /// <summary>What else was made, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? Byproducts { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson()
    {
        var definition = new JsonObject { ["buildType"] = BuildType, ["externalParameters"] = ExternalParameters.DeepClone() }
            .With("internalParameters", InternalParameters)
            .WithList("resolvedDependencies", ResolvedDependencies, d => d.ToNode());
        var builder = new JsonObject { ["id"] = BuilderId }
            .WithMap("version", BuilderVersion)
            .WithList("builderDependencies", BuilderDependencies, d => d.ToNode());
        var metadata = new JsonObject().With("invocationId", InvocationId).With("startedOn", StartedOn).With("finishedOn", FinishedOn);
        var details = new JsonObject { ["builder"] = builder }
            .With("metadata", metadata.Count > 0 ? metadata : null)
            .WithList("byproducts", Byproducts, b => b.ToNode());
        return new JsonObject { ["buildDefinition"] = definition, ["runDetails"] = details };
    }

    internal static SlsaProvenanceV1 Read(JsonCursor json, StatementRules rules)
    {
        var (definition, details) = (json.Member("buildDefinition"), json.Member("runDetails"));
        var (builder, metadata) = (details.Member("builder"), details.Present("metadata"));
        _ = definition.Member("externalParameters");
        return new SlsaProvenanceV1
        {
            BuildType = definition.Required("buildType"),
            ExternalParameters = definition.Object("externalParameters") ?? [],
            InternalParameters = definition.Object("internalParameters"),
            ResolvedDependencies = definition.Descriptors("resolvedDependencies", rules),
            BuilderId = builder.Required("id"),
            BuilderVersion = builder.Map("version"),
            BuilderDependencies = builder.Descriptors("builderDependencies", rules),
            InvocationId = metadata?.Text("invocationId"),
            StartedOn = metadata?.OptionalTime("startedOn"),
            FinishedOn = metadata?.OptionalTime("finishedOn"),
            Byproducts = details.Descriptors("byproducts", rules),
        };
    }
}
