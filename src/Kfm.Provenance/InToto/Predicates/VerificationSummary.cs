using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>A verification summary, VSA (slsa.dev/verification_summary/v1).</summary>
public sealed record VerificationSummary : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://slsa.dev/verification_summary/v1";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>Who verified.</summary>
    public required string VerifierId { get; init; }

    /// <summary>The versions of the components of the verifier.</summary>
    public IReadOnlyDictionary<string, string> VerifierVersion { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When the verification took place, RFC 3339, or null.</summary>
    public string? TimeVerified { get; init; }

    /// <summary>The URI of what was verified.</summary>
    public required string ResourceUri { get; init; }

    /// <summary>The policy that was applied.</summary>
    public required ResourceDescriptor Policy { get; init; }

    /// <summary>The attestations that were looked at, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? InputAttestations { get; init; }

    /// <summary><c>PASSED</c> or <c>FAILED</c>.</summary>
    public required string VerificationResult { get; init; }

    /// <summary>The highest levels that were reached.</summary>
    public required IReadOnlyList<string> VerifiedLevels { get; init; }

    /// <summary>How many dependencies reached each level; empty when it was not looked at.</summary>
    public IReadOnlyDictionary<string, long> DependencyLevels { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The version of SLSA, or null.</summary>
    public string? SlsaVersion { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["verifier"] = new JsonObject { ["id"] = VerifierId }.WithMap("version", VerifierVersion),
            ["resourceUri"] = ResourceUri,
            ["policy"] = Policy.ToNode(),
            ["verificationResult"] = VerificationResult,
            ["verifiedLevels"] = PredicateJson.Array(VerifiedLevels, l => l),
        };
        json.With("timeVerified", TimeVerified).WithList("inputAttestations", InputAttestations, a => a.ToNode());
        return DependencyLevels.Count == 0
            ? json.With("slsaVersion", SlsaVersion)
            : json.With("dependencyLevels", new JsonObject(DependencyLevels.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)))).With("slsaVersion", SlsaVersion);
    }

    internal static VerificationSummary Read(JsonCursor json, StatementRules rules)
    {
        var dependencies = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (level, count) in json.Present("dependencyLevels")?.Members() ?? [])
        {
            dependencies[level] = count.Integer();
        }

        return new VerificationSummary
        {
            VerifierId = json.Member("verifier").Required("id"),
            VerifierVersion = json.Member("verifier").Map("version"),
            TimeVerified = json.OptionalTime("timeVerified"),
            ResourceUri = json.Required("resourceUri"),
            Policy = StatementReader.Descriptor(json.Member("policy"), rules),
            InputAttestations = json.Descriptors("inputAttestations", rules),
            VerificationResult = json.Word("verificationResult", "PASSED", "FAILED"),
            VerifiedLevels = [.. json.Member("verifiedLevels").Items().Select(l => l.Text())],
            DependencyLevels = dependencies,
            SlsaVersion = json.Text("slsaVersion"),
        };
    }
}
