namespace Kfm.Gates.Rego.Syntax;

/// <summary>
/// The keywords <c>and</c>, <c>or</c> and <c>not { … }</c>. They become comprehensions: a body holds when the set of its solutions is not empty, so
/// that an operand has its own scope and a literal holds once, however many solutions its operands have.
/// </summary>
internal sealed partial class Parser
{
    private static readonly string[] LogicKeywords = ["and", "not", "or"];

    /// <summary>Conjunctions joined by <c>or</c>; mostly one operand alone. The first branch that holds ends the search.</summary>
    private TermExpr ReadDisjunction()
    {
        var place = Current.Location;
        var first = ReadConjunction();
        if (!Is("or"))
        {
            return first is [TermExpr { Withs.Length: 0 } alone] ? alone : Holds(place, first);
        }

        var branches = new List<Expr> { Fails(place, first) };
        while (TryTake("or"))
        {
            branches.Add(Fails(Current.Location, ReadConjunction()));
        }

        return Fails(place, [.. branches]);
    }

    private Expr[] ReadConjunction()
    {
        var place = Current.Location;
        var first = ReadOperand();
        if (!Is("and"))
        {
            return first;
        }

        var operands = new List<Expr> { Holds(place, first) };
        while (TryTake("and"))
        {
            operands.Add(Holds(Current.Location, ReadOperand()));
        }

        return [.. operands];
    }

    /// <summary>A body in braces, a group in parentheses, or an expression; the latter two may be negated.</summary>
    private Expr[] ReadOperand()
    {
        var logic = _future.Contains("and") || _future.Contains("or");
        if (logic && Is("{") && Try(static p => p.ReadOperandBody()) is { } body)
        {
            return body;
        }

        var place = Current.Location;
        var negated = TryTake("not");
        if (negated && Is("{") && _future.Contains("not") && Try(static p => p.ReadBraced()) is { } denied)
        {
            return [Fails(place, denied)];
        }

        if (logic && Is("(") && Try(static p => p.ReadGroup()) is { } group)
        {
            return negated ? [Fails(place, group)] : group;
        }

        var expr = ReadTermExpr(place);
        return [new TermExpr(place, expr.Term) { Negated = negated }];
    }

    /// <summary>A literal in parentheses, unless these are only the first part of an expression.</summary>
    private Expr[]? ReadGroup()
    {
        _index++;
        var literal = ReadLiteral();
        var closed = TryTake(")");
        var ends = AtEnd || Current.AfterNewLine || Is("and") || Is("or") || Is("with") || Is(";") || Is(")") || Is("]") || Is("}");
        return closed && ends ? [literal] : null;
    }

    /// <summary>Braces are a body where a keyword stands before or behind them, and else a set or an object.</summary>
    private Expr[]? ReadOperandBody()
    {
        var joined = _index > 0 && (_tokens[_index - 1].Text is "and" or "or");
        var body = ReadBraced();
        return joined || Is("and") || Is("or") ? body : null;
    }

    private static TermExpr Holds(Location place, Expr[] body) => Compare(place, "neq", body);

    private static TermExpr Fails(Location place, Expr[] body) => Compare(place, "equal", body);

    private static TermExpr Compare(Location place, string name, Expr[] body) => new(
        place,
        Call(place, place, name, new ComprehensionTerm(place, RegoKind.Set, null, new ScalarTerm(place, RegoValue.True), body), new SetTerm(place, [])));
}
