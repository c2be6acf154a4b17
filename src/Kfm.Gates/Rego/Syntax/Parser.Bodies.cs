namespace Kfm.Gates.Rego.Syntax;

/// <summary>Bodies and their expressions.</summary>
internal sealed partial class Parser
{
    private Expr[] ReadBody(Func<Parser, bool> end)
    {
        Enter();
        var body = new List<Expr>();
        if (Is(";"))
        {
            throw Unexpected();
        }

        if (end(this))
        {
            throw Fail(Current.Location, "found empty body");
        }

        while (true)
        {
            body.Add(ReadLiteral());
            var separated = TryTake(";");
            if (end(this))
            {
                break;
            }

            if (!separated && (AtEnd || !Current.AfterNewLine))
            {
                throw Unexpected("expected \\n or ; or }");
            }
        }

        Leave();
        return [.. body];
    }

    private Expr ReadLiteral()
    {
        Enter();
        var start = Current;
        var first = _index;
        var expr = Is("some") ? ReadSome() : Is("every") ? ReadEvery() : ReadDisjunction();
        var withs = ReadWiths();
        var text = _source[start.Start.._tokens[Math.Max(first, _index - 1)].End];
        Leave();
        return expr switch
        {
            SomeExpr some => new SomeExpr(start.Location, some.Variables) { Withs = withs, Text = text },
            SomeInExpr some => new SomeInExpr(start.Location, some.Key, some.Value, some.Domain) { Withs = withs, Text = text },
            EveryExpr every => new EveryExpr(start.Location, every.Key, every.Value, every.Domain, every.Body) { Withs = withs, Text = text },
            _ => new TermExpr(start.Location, ((TermExpr)expr).Term) { Withs = withs, Negated = expr.Negated, Text = text },
        };
    }

    private TermExpr ReadTermExpr(Location place)
    {
        var left = ReadInfix();
        if (!Is("=") && !Is(":="))
        {
            return new TermExpr(place, left);
        }

        var op = Take();
        var right = ReadInfix();
        return new TermExpr(place, Call(left.Location, op.Location, op.Text == "=" ? "eq" : "assign", left, right));
    }

    private WithModifier[] ReadWiths()
    {
        var withs = new List<WithModifier>();
        while (Is("with"))
        {
            var place = Take().Location;
            if (Current.Kind != TokenKind.Identifier && !StartsReference)
            {
                throw Unexpected("expected ident");
            }

            var target = ReadTerm();
            if (target is not (VarTerm or RefTerm))
            {
                throw Unexpected("expected with target path");
            }

            Expect("as", "expected as keyword");
            withs.Add(new WithModifier(place, target, ReadInfix()));
        }

        return [.. withs];
    }

    private Expr ReadSome()
    {
        var place = Take().Location;
        if (_future.Contains("in") && Try(static p => p.ReadSomeIn()) is { } someIn)
        {
            return someIn;
        }

        if (_future.Contains("in") && Try(static p => p.ReadInfix() as CallTerm is not null ? p.Unexpected("expected `x in xs` or `x, y in xs` expression") : null) is { } illegal)
        {
            throw illegal;
        }

        var variables = new List<VarTerm>();
        do
        {
            if (Current.Kind != TokenKind.Identifier || _future.Contains(Current.Text))
            {
                throw Unexpected("expected var");
            }

            var name = Take();
            variables.Add(name.Text == "_" ? Wildcard(name.Location) : new VarTerm(name.Location, name.Text));
        }
        while (TryTake(","));
        return new SomeExpr(place, [.. variables]);
    }

    private SomeInExpr? ReadSomeIn()
    {
        var place = Current.Location;
        var first = ReadRelation();
        Term? key = null;
        if (TryTake(","))
        {
            (key, first) = (first, ReadRelation());
        }

        return TryTake("in") ? new SomeInExpr(place, key, first, ReadInfix()) : null;
    }

    private EveryExpr ReadEvery()
    {
        var place = Take().Location;
        var (key, value, domain) = ReadInfix() switch
        {
            CallTerm { Target: VarTerm { Name: "internal.member_2" }, Arguments: [var v, var d] } => (null, v, d),
            CallTerm { Target: VarTerm { Name: "internal.member_3" }, Arguments: [var k, var v, var d] } => (k, v, d),
            _ => throw Unexpected("expected `x[, y] in xs { ... }` expression"),
        };
        if (key is not (null or VarTerm))
        {
            throw Unexpected("expected key to be a variable");
        }

        if (value is not VarTerm variable)
        {
            throw Unexpected("expected value to be a variable");
        }

        if (!Is("{"))
        {
            throw Unexpected("missing body");
        }

        return new EveryExpr(place, key, variable, domain, ReadBraced());
    }
}
