namespace Kfm.Gates.Rego.Syntax;

/// <summary>One expression of a body.</summary>
internal abstract class Expr(Location location)
{
    internal Location Location { get; } = location;

    internal bool Negated { get; init; }

    internal WithModifier[] Withs { get; init; } = [];

    /// <summary>The source text, for the answers of queries.</summary>
    internal string Text { get; init; } = "";
}

internal sealed class WithModifier(Location location, Term target, Term value)
{
    internal Location Location { get; } = location;

    internal Term Target { get; } = target;

    internal Term Value { get; } = value;

    /// <summary>Whether the value names a function instead of having a value.</summary>
    internal bool IsFunction { get; init; }
}

internal sealed class TermExpr(Location location, Term term) : Expr(location)
{
    internal Term Term { get; } = term;
}

/// <summary>some x, y: declares variables.</summary>
internal sealed class SomeExpr(Location location, VarTerm[] variables) : Expr(location)
{
    internal VarTerm[] Variables { get; } = variables;
}

/// <summary>some k, v in xs: declares the variables of the patterns and iterates.</summary>
internal sealed class SomeInExpr(Location location, Term? key, Term value, Term domain) : Expr(location)
{
    internal Term? Key { get; } = key;

    internal Term Value { get; } = value;

    internal Term Domain { get; } = domain;
}

internal sealed class EveryExpr(Location location, Term? key, Term value, Term domain, Expr[] body) : Expr(location)
{
    internal Term? Key { get; } = key;

    internal Term Value { get; } = value;

    internal Term Domain { get; } = domain;

    internal Expr[] Body { get; } = body;
}
