namespace Kfm.Gates.Rego.Syntax;

/// <summary>A rule: one head and one body, with the rules of its else chain.</summary>
internal sealed class Rule(Location location, RuleHead head, Expr[] body)
{
    internal Location Location { get; } = location;

    internal RuleHead Head { get; } = head;

    internal Expr[] Body { get; } = body;

    internal bool IsDefault { get; init; }

    /// <summary>Whether this is a further body behind that of the rule before it, which gives its head.</summary>
    internal bool IsChained { get; init; }

    internal Rule? Else { get; init; }
}

/// <summary>The head of a rule: reference, arguments of a function, key of a set, value.</summary>
internal sealed class RuleHead(Location location, string name, Term[] path)
{
    internal Location Location { get; } = location;

    internal string Name { get; } = name;

    /// <summary>The steps of the reference after the name.</summary>
    internal Term[] Path { get; } = path;

    internal Term[]? Arguments { get; init; }

    /// <summary>The element of a partial set (contains).</summary>
    internal Term? Element { get; init; }

    internal Term? Value { get; init; }

    /// <summary>Whether the value stands behind := rather than =.</summary>
    internal bool Assigns { get; init; }

    /// <summary>The same head with another place.</summary>
    internal RuleHead At(Location place) => new(place, Name, Path) { Arguments = Arguments, Element = Element, Value = Value, Assigns = Assigns };
}
