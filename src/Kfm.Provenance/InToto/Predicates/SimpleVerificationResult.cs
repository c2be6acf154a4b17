using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The properties that a verifier found (in-toto SVR 0.2; 0.1 is read too).</summary>
public sealed record SimpleVerificationResult : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/svr/v0.2";

    internal const string FirstTypeUri = "https://in-toto.io/attestation/svr/v0.1";

    /// <inheritdoc/>
    public override string Type => IsFirstVersion ? FirstTypeUri : TypeUri;

    /// <summary>Whether this is of version 0.1, in which policies are an extension.</summary>
    public bool IsFirstVersion { get; init; }

    /// <summary>Who verified.</summary>
    public required string VerifierId { get; init; }

    /// <summary>The policies that were applied, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? Policies { get; init; }

    /// <summary>When, RFC 3339.</summary>
    public required string TimeCreated { get; init; }

    /// <summary>The properties that hold.</summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["verifier"] = new JsonObject { ["id"] = VerifierId }.WithList("policies", Policies, p => p.ToNode()),
        ["timeCreated"] = TimeCreated,
        ["properties"] = PredicateJson.Array(Properties, p => p),
    };

    internal static SimpleVerificationResult ReadFirst(JsonCursor json, StatementRules rules) => Read(json, rules) with { IsFirstVersion = true };

    internal static SimpleVerificationResult Read(JsonCursor json, StatementRules rules) => new()
    {
        VerifierId = json.Member("verifier").Required("id"),
        Policies = json.Member("verifier").Descriptors("policies", rules),
        TimeCreated = json.Time("timeCreated"),
        Properties = [.. json.Member("properties").Items().Select(p => p.Text())],
    };
}
