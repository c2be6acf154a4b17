using System.Text.Json.Nodes;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>A predicate of a type that is not known here: its text, kept byte for byte.</summary>
public sealed record UnknownPredicate : Predicate
{
    internal UnknownPredicate(string type, ReadOnlyMemory<byte> text) => (Type, Text) = (type, text);

    /// <inheritdoc/>
    public override string Type { get; }

    /// <summary>The JSON text in UTF-8 as it was read.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => JsonNode.Parse(Text.Span)!.AsObject();

    /// <summary>A statement in which the predicate stands byte for byte (<see cref="Statement.ToPayload"/>).</summary>
    /// <param name="subject">What the claim is about; at least one, each with a digest.</param>
    public override Statement ToStatement(params IReadOnlyList<ResourceDescriptor> subject) => new(subject, Type, Text);
}
