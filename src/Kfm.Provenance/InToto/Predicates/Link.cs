using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>One step of a supply chain (in-toto link 0.3).</summary>
public sealed record Link : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/link/v0.3";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>The name of the step.</summary>
    public required string Name { get; init; }

    /// <summary>The command and its arguments, or null when nothing is said.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>What the step read, or null when nothing is said.</summary>
    public IReadOnlyList<ResourceDescriptor>? Materials { get; init; }

    /// <summary>What else the step made (standard output, return value, …), or null.</summary>
    public JsonObject? Byproducts { get; init; }

    /// <summary>The environment, or null.</summary>
    public JsonObject? Environment { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new JsonObject { ["name"] = Name }
        .WithTexts("command", Command)
        .WithList("materials", Materials, m => m.ToNode())
        .With("byproducts", Byproducts)
        .With("environment", Environment);

    internal static Link Read(JsonCursor json, StatementRules rules) => new()
    {
        Name = json.Required("name"),
        Command = json.Texts("command"),
        Materials = json.Descriptors("materials", rules),
        Byproducts = json.Object("byproducts"),
        Environment = json.Object("environment"),
    };
}
