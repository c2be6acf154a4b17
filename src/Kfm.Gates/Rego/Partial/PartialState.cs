using System.Collections.Immutable;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>One way to satisfy a body so far: what variables stand for, and what must still be tested.</summary>
internal sealed record PartialState(ImmutableDictionary<string, Term> Bound, ImmutableList<Expr> Residual)
{
    internal static readonly PartialState Empty = new(ImmutableDictionary.Create<string, Term>(StringComparer.Ordinal), []);

    internal PartialState Bind(string name, Term term) => this with { Bound = Bound.SetItem(name, term) };

    internal PartialState Require(Expr expr) => this with { Residual = Residual.Add(expr) };

    internal PartialState Require(Term term) => Require(new TermExpr(term.Location, term));
}

/// <summary>A construct that stays as it is: the expression around it is kept whole. Never leaves partial evaluation.</summary>
internal sealed class KeptWholeException() : Exception("kept whole");
