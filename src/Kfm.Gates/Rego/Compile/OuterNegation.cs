using System.Globalization;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Moves what a negated expression is computed from in front of it, as OPA does where <c>future.keywords.not</c> is not imported.</summary>
internal sealed class OuterNegation
{
    private readonly List<Expr> _before = [];
    private readonly Expr _negated;
    private int _counter;

    private OuterNegation(Expr negated, int counter) => (_negated, _counter) = (negated, counter);

    /// <summary>The expression itself, or behind those that compute its operands.</summary>
    internal static IEnumerable<Expr> Of(Expr expr, ref int counter)
    {
        if (expr is not TermExpr { Negated: true } negated)
        {
            return [expr];
        }

        var outer = new OuterNegation(expr, counter);
        var term = negated.Term is CallTerm call ? outer.Arguments(call) : outer.Inside(negated.Term);
        counter = outer._counter;
        return [.. outer._before, new TermExpr(expr.Location, term) { Negated = true, Withs = expr.Withs, Text = expr.Text }];
    }

    private CallTerm Arguments(CallTerm call)
    {
        var compares = call.Target is VarTerm { Name: "eq" or "equal" };
        return new CallTerm(call.Location, call.Target, [.. call.Arguments.Select(a => compares ? Inside(a) : Value(a))]);
    }

    /// <summary>A reference that is compared or asked for stays where it is; only the steps that are computed move.</summary>
    private Term Inside(Term term) => term is RefTerm reference
        ? new RefTerm(reference.Location, reference.Head is CallTerm head ? Value(head) : reference.Head, [.. reference.Path.Select(Value)])
        : Value(term);

    private Term Value(Term term) => term switch
    {
        CallTerm call => Move(new CallTerm(call.Location, call.Target, [.. call.Arguments.Select(Value)])),
        RefTerm => Move(Inside(term)),
        ArrayTerm array => new ArrayTerm(array.Location, [.. array.Items.Select(Value)]),
        SetTerm set => new SetTerm(set.Location, [.. set.Items.Select(Value)]),
        ObjectTerm map => new ObjectTerm(map.Location, [.. map.Members.Select(m => (Value(m.Key), Value(m.Value)))]),
        _ => term,
    };

    private VarTerm Move(Term term)
    {
        var name = new VarTerm(term.Location, string.Create(CultureInfo.InvariantCulture, $"%not#{_counter++}"));
        var equal = new CallTerm(term.Location, new VarTerm(term.Location, "eq"), [name, term]);
        _before.Add(new TermExpr(_negated.Location, equal) { Withs = _negated.Withs, Text = _negated.Text });
        return name;
    }
}
