namespace Kfm.Gates.Rego.Syntax;

/// <summary>A term of the syntax tree. Terms are immutable; rewriting makes new ones.</summary>
internal abstract class Term(Location location)
{
    internal Location Location { get; } = location;
}

internal sealed class ScalarTerm(Location location, RegoValue value) : Term(location)
{
    internal RegoValue Value { get; } = value;
}

/// <summary>A variable. Wildcards get names that start with a dollar sign.</summary>
internal sealed class VarTerm(Location location, string name) : Term(location)
{
    internal string Name { get; } = name;

    internal bool IsWildcard => Name.StartsWith('$');
}

/// <summary>A reference: head and at least one step. Dots and string brackets are the same.</summary>
internal sealed class RefTerm(Location location, Term head, Term[] path) : Term(location)
{
    internal Term Head { get; } = head;

    internal Term[] Path { get; } = path;
}

internal sealed class ArrayTerm(Location location, Term[] items) : Term(location)
{
    internal Term[] Items { get; } = items;
}

internal sealed class SetTerm(Location location, Term[] items) : Term(location)
{
    internal Term[] Items { get; } = items;
}

internal sealed class ObjectTerm(Location location, (Term Key, Term Value)[] members) : Term(location)
{
    internal (Term Key, Term Value)[] Members { get; } = members;
}

/// <summary>A call of a function: a builtin by name, or a rule by reference.</summary>
internal sealed class CallTerm(Location location, Term target, Term[] arguments) : Term(location)
{
    internal Term Target { get; } = target;

    internal Term[] Arguments { get; } = arguments;
}

internal sealed class ComprehensionTerm(Location location, RegoKind kind, Term? key, Term value, Expr[] body) : Term(location)
{
    internal RegoKind Kind { get; } = kind;

    internal Term? Key { get; } = key;

    internal Term Value { get; } = value;

    internal Expr[] Body { get; } = body;
}

/// <summary>A template string: scalars for literal text, other terms for expressions.</summary>
internal sealed class TemplateTerm(Location location, (string? Text, Term? Value)[] parts) : Term(location)
{
    internal (string? Text, Term? Value)[] Parts { get; } = parts;
}
