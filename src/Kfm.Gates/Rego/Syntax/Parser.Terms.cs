namespace Kfm.Gates.Rego.Syntax;

/// <summary>Infix operators, from the loosest (in) to the tightest (* / %), and references.</summary>
internal sealed partial class Parser
{
    private static readonly Dictionary<string, string>[] Levels =
    [
        new(StringComparer.Ordinal) { ["=="] = "equal", ["!="] = "neq", ["<"] = "lt", ["<="] = "lte", [">"] = "gt", [">="] = "gte" },
        new(StringComparer.Ordinal) { ["|"] = "or" },
        new(StringComparer.Ordinal) { ["&"] = "and" },
        new(StringComparer.Ordinal) { ["+"] = "plus", ["-"] = "minus" },
        new(StringComparer.Ordinal) { ["*"] = "mul", ["/"] = "div", ["%"] = "rem" },
    ];

    private static CallTerm Call(Location place, Location operatorPlace, string name, params Term[] arguments) =>
        new(place, new VarTerm(operatorPlace, name), arguments);

    /// <summary>A term with operators; <c>k, v in xs</c> counts as one.</summary>
    private Term ReadInfix() => ReadIn(keyed: true);

    private Term ReadListItem() => ReadIn(keyed: false);

    private Term ReadIn(bool keyed)
    {
        Enter();
        var left = FinishIn(ReadRelation(), keyed);
        Leave();
        return left;
    }

    private Term FinishIn(Term left, bool keyed)
    {
        if (keyed && Is(",") && _future.Contains("in"))
        {
            var first = left;
            left = Try(p => p.ReadKeyedIn(first)) ?? left;
        }

        while (Is("in"))
        {
            var op = Take();
            left = Call(left.Location, op.Location, "internal.member_2", left, ReadRelation());
        }

        return left;
    }

    private CallTerm? ReadKeyedIn(Term key)
    {
        _index++;
        var value = ReadRelation();
        if (!Is("in"))
        {
            return null;
        }

        var op = Take();
        return Call(key.Location, op.Location, "internal.member_3", key, value, ReadRelation());
    }

    private Term ReadRelation() => ReadLevel(0);

    private Term ReadLevel(int level)
    {
        if (level == Levels.Length)
        {
            return ReadTerm();
        }

        return FinishLevel(level, ReadLevel(level + 1));
    }

    private Term FinishLevel(int level, Term left)
    {
        while (Current.Kind == TokenKind.Symbol && Levels[level].TryGetValue(Current.Text, out var name))
        {
            var op = Take();
            left = Call(left.Location, op.Location, name, left, ReadLevel(level + 1));
        }

        // 1 -1: the lexer took the sign for a part of the number.
        while (level == 3 && Current.Kind == TokenKind.Number && Current.Text.StartsWith('-') && !Current.AfterNewLine)
        {
            var op = Current.Location;
            left = Call(left.Location, op, "plus", left, ReadLevel(level + 1));
        }

        return left;
    }

    private Term ReadTerm()
    {
        Enter();
        var start = Current;
        var term = ReadPrimary();
        var steps = new List<Term>();
        while (true)
        {
            if (ReadStep() is { } step)
            {
                steps.Add(step);
            }
            else if (Is("(") && !Current.AfterSpace && term is VarTerm or RefTerm or CallTerm)
            {
                term = MakeCall(start, Join(start, term, steps), ReadArguments());
                steps.Clear();
            }
            else
            {
                break;
            }
        }

        Leave();
        return Join(start, term, steps);
    }

    /// <summary>set() is the empty set.</summary>
    private static Term MakeCall(Token start, Term target, Term[] arguments) => target is VarTerm { Name: "set" } && arguments.Length == 0
        ? new SetTerm(start.Location, [])
        : new CallTerm(start.Location, target, arguments);

    private static Term Join(Token start, Term term, List<Term> steps) =>
        steps.Count == 0 ? term : new RefTerm(start.Location, term, [.. steps]);

    /// <summary>One step of a reference, which must touch what stands before it; null when there is none.</summary>
    private Term? ReadStep()
    {
        if (Current.AfterSpace)
        {
            return null;
        }

        if (Is("."))
        {
            var dot = Take().Location;
            if (Current.AfterSpace)
            {
                throw Fail(dot with { Col = dot.Col + 1 }, "unexpected whitespace token: expected identifier");
            }

            return Current.Kind is TokenKind.Identifier or TokenKind.Keyword
                ? new ScalarTerm(Current.Location, new RegoString(Take().Text))
                : throw Unexpected("expected identifier");
        }

        if (!Is("["))
        {
            return null;
        }

        _index++;
        var step = ReadListItem();
        Expect("]", "expected [");
        return step;
    }

    private Term[] ReadArguments()
    {
        Expect("(", "expected (");
        var arguments = new List<Term>();
        while (!Is(")"))
        {
            arguments.Add(ReadListItem());
            if (!TryTake(",") && !Is(")"))
            {
                throw Unexpected("expected \",\" or \")\"");
            }
        }

        _index++;
        return [.. arguments];
    }

    private Term ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                _index++;
                return new ScalarTerm(token.Location, new RegoString(token.Text));
            case TokenKind.Number:
                return ReadNumber();
            case TokenKind.Template:
                return ReadTemplate();
            case TokenKind.Identifier when !_future.Contains(token.Text) || Ahead is { AfterSpace: false } && (Ahead.IsSymbol("(") || Ahead.IsSymbol(".")):
                _index++;
                return token.Text == "_" ? Wildcard(token.Location) : new VarTerm(token.Location, token.Text);
            case TokenKind.Keyword when StartsReference:
                _index++;
                return new VarTerm(token.Location, token.Text);
            case TokenKind.Keyword when token.Text is "true" or "false" or "null":
                _index++;
                return new ScalarTerm(token.Location, token.Text switch { "true" => RegoValue.True, "false" => RegoValue.False, _ => RegoValue.Null });
            case TokenKind.Symbol when token.Text == "-":
                _index++;
                return Call(token.Location, token.Location, "minus", new ScalarTerm(token.Location, RegoNumber.Of(0L)), ReadTerm());
            default:
                return ReadBracketed();
        }
    }

    private ScalarTerm ReadNumber()
    {
        var token = Current;
        var digits = token.Text.TrimStart('-');
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
        {
            throw Unexpected("expected number without leading zero");
        }

        _index++;
        return RegoNumber.TryParse(token.Text, out var number)
            ? new ScalarTerm(token.Location, number)
            : throw Fail(token.Location, "illegal number format");
    }

    private TemplateTerm ReadTemplate()
    {
        var token = Take();
        var parts = new List<(string? Text, Term? Value)>();
        foreach (var part in token.Parts!)
        {
            parts.Add(part.Text is not null ? (part.Text, null) : (null, ReadTemplateValue(part.Tokens)));
        }

        return new TemplateTerm(token.Location, [.. parts]);
    }

    private Term ReadTemplateExpression()
    {
        try
        {
            return AtEnd ? throw Unexpected() : ReadTemplateLiteral();
        }
        catch (RegoSyntaxException e) when (!e.IsLimit)
        {
            throw new RegoSyntaxException([.. e.Errors, Current.Location.Error("rego_parse_error", "invalid template-string expression")]);
        }
    }

    /// <summary>An expression under with is the one item of an array of its values, and undefined without any.</summary>
    private Term ReadTemplateLiteral()
    {
        var place = Current.Location;
        var term = ReadInfix();
        var withs = ReadWiths();
        if (withs.Length == 0)
        {
            return term;
        }

        var value = new VarTerm(place, "%" + _wildcards++);
        Expr[] body = [new TermExpr(place, Call(place, place, "eq", value, term)) { Withs = withs }];
        return new RefTerm(place, new ComprehensionTerm(place, RegoKind.Array, null, value, body), [new ScalarTerm(place, RegoNumber.Of(0L))]);
    }

    private Term ReadTemplateValue(List<Token> tokens)
    {
        var (outer, index) = (_tokens, _index);
        (_tokens, _index) = (tokens, 0);
        var term = ReadTemplateExpression();
        if (!AtEnd)
        {
            throw Fail(Current.Location, "expected } to end template string expression");
        }

        (_tokens, _index) = (outer, index);
        return term;
    }
}
