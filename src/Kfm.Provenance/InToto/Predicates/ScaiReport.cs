using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>Attributes of an artifact and the evidence for them (in-toto SCAI 0.3).</summary>
public sealed record ScaiReport : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/scai/v0.3";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>The attributes.</summary>
    public required IReadOnlyList<AttributeAssertion> Attributes { get; init; }

    /// <summary>What made the artifact, or null.</summary>
    public ResourceDescriptor? Producer { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() =>
        new JsonObject { ["attributes"] = PredicateJson.Array(Attributes, a => a.ToJson()) }.With("producer", Producer?.ToNode());

    internal static ScaiReport Read(JsonCursor json, StatementRules rules) => new()
    {
        Attributes = [.. json.Member("attributes").Items().Select(a => AttributeAssertion.Read(a, rules))],
        Producer = json.Descriptor("producer", rules),
    };
}
