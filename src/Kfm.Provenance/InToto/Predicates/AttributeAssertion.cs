using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>One attribute of a <see cref="ScaiReport"/>.</summary>
/// <param name="Attribute">The name of the attribute.</param>
public sealed record AttributeAssertion(string Attribute)
{
    /// <summary>The artifact that has it, when it is not the subject; or null.</summary>
    public ResourceDescriptor? Target { get; init; }

    /// <summary>The conditions under which it holds, or null.</summary>
    public JsonObject? Conditions { get; init; }

    /// <summary>The evidence, or null.</summary>
    public ResourceDescriptor? Evidence { get; init; }

    internal JsonObject ToJson() => new JsonObject { ["attribute"] = Attribute }
        .With("target", Target?.ToNode())
        .With("conditions", Conditions)
        .With("evidence", Evidence?.ToNode());

    internal static AttributeAssertion Read(JsonCursor json, StatementRules rules) => new(json.Required("attribute"))
    {
        Target = json.Descriptor("target", rules),
        Conditions = json.Object("conditions"),
        Evidence = json.Descriptor("evidence", rules),
    };
}
