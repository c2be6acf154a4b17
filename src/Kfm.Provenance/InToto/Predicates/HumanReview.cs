using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The review of an artifact by a person (in-toto human-review 0.1, a draft).</summary>
public sealed record HumanReview : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/human-review/v0.1";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary><c>pass</c> or <c>fail</c>, or null.</summary>
    public string? Result { get; init; }

    /// <summary>Where the review can be read, or null.</summary>
    public string? ReviewLink { get; init; }

    /// <summary>When, RFC 3339, or null.</summary>
    public string? Timestamp { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new JsonObject().With("result", Result).With("reviewLink", ReviewLink).With("timestamp", Timestamp);

    internal static HumanReview Read(JsonCursor json, StatementRules rules) => new()
    {
        Result = json.Text("result"),
        ReviewLink = json.Text("reviewLink"),
        Timestamp = json.OptionalTime("timestamp"),
    };
}
