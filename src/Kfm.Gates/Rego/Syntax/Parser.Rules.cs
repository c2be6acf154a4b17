namespace Kfm.Gates.Rego.Syntax;

/// <summary>Rules: heads, bodies, else chains, defaults.</summary>
internal sealed partial class Parser
{
    private void ReadRules(List<Rule> rules)
    {
        var start = Current;
        if (start.Kind == TokenKind.Illegal)
        {
            throw new RegoSyntaxException([]);
        }

        if (Is("default"))
        {
            rules.Add(ReadDefault());
            return;
        }

        if (!(start.Kind == TokenKind.Keyword && StartsReference)
            && (start.Kind != TokenKind.Identifier || (_future.Contains(start.Text) && !IsRuleName())))
        {
            throw Unexpected();
        }

        var draft = ReadHead();
        var (body, hasIf, hasBody) = ReadRuleBody(draft);
        Require(draft, hasIf, hasBody);
        var head = draft.Finish(_v0 && !_requireIf, hasIf);
        var elseRule = Is("else") ? ReadElse(head, draft.Contains) : null;
        rules.Add(new Rule(start.Location, head, body) { Else = elseRule });
        while (hasBody && elseRule is null && Is("{") && (!hasIf || !Current.AfterNewLine))
        {
            if (_requireIf)
            {
                throw Fail(start.Location, "`if` keyword is required before rule body");
            }

            var place = Current.Location;
            rules.Add(new Rule(place, head.At(place), ReadBraced()) { IsChained = true });
        }
    }

    private bool IsRuleName() => StartsReference || Ahead.IsSymbol(":=") || Ahead.IsSymbol("=") || Ahead.IsSymbol("(");

    private void Require(HeadDraft draft, bool hasIf, bool hasBody)
    {
        if (!_requireIf)
        {
            return;
        }

        if (hasBody && !hasIf)
        {
            var errors = new List<RegoError> { draft.Location.Error("rego_parse_error", "`if` keyword is required before rule body") };
            if (draft is { Path.Length: > 0, Value: null, Contains: false, Arguments: null })
            {
                errors.Add(draft.Location.Error("rego_parse_error", "`contains` keyword is required for partial set rules"));
            }

            throw new RegoSyntaxException(errors);
        }

        if (!hasBody && draft is { Path.Length: > 0, Value: null, Contains: false, Arguments: null })
        {
            throw Fail(draft.Location, "`contains` keyword is required for partial set rules");
        }

        if (!hasBody && draft is { Path.Length: 0, Value: null, Contains: false, Arguments: null })
        {
            throw Fail(draft.Location, "var cannot be used for rule name");
        }
    }

    private Rule ReadDefault()
    {
        var place = Take().Location;
        if (Current.Kind != TokenKind.Identifier && !StartsReference)
        {
            throw Unexpected("expected identifier");
        }

        var draft = ReadHead(isDefault: true);
        if (draft.Contains || draft.Value is null)
        {
            throw Is("if") ? Unexpected() : Fail(place, "illegal default rule (must have a value)");
        }

        if (Is("if") || Is("{"))
        {
            throw Unexpected();
        }

        var problems = DefaultValue.Problems(draft.Value, draft.Arguments).ToList();
        if (problems.Count > 0)
        {
            throw new RegoSyntaxException(problems.ConvertAll(p => place.Error("rego_parse_error", $"illegal default rule ({p})")));
        }

        return new Rule(place, draft.Finish(v0: false, hasIf: true), [TrueExpr(place)]) { IsDefault = true };
    }

    private HeadDraft ReadHead(bool isDefault = false)
    {
        var start = Take();
        var draft = new HeadDraft(start.Location, start.Text);
        var path = new List<Term>();
        while (ReadStep() is { } step)
        {
            path.Add(step);
        }

        draft.Path = [.. path];
        if (Is("(") && !Current.AfterSpace)
        {
            // f() takes no arguments: it is a plain rule.
            draft.Arguments = ReadArguments() is { Length: > 0 } arguments ? arguments : null;
        }

        if (Is("contains"))
        {
            if (draft.Arguments is null)
            {
                _index++;
            }

            draft.Contains = true;
            if (draft.Arguments is not null)
            {
                throw Unexpected($"the contains keyword can only be used with multi-value rule definitions (e.g., {draft.Text} contains <VALUE> {{ ... }})");
            }

            draft.Element = ReadHeadTerm($"expected rule key term (e.g., {draft.Text} contains <VALUE> {{ ... }})");
        }

        if (Is(":=") || Is("="))
        {
            if (draft.Contains)
            {
                throw Unexpected();
            }

            draft.Assigns = Take().Text == ":=";
            draft.Value = ReadHeadTerm(draft.ValueHint(isDefault));
        }

        return draft;
    }

    /// <summary>A term of a head; when it is none, what was expected is an error of its own.</summary>
    private Term ReadHeadTerm(string hint)
    {
        try
        {
            return ReadInfix();
        }
        catch (RegoSyntaxException e) when (!e.IsLimit)
        {
            throw new RegoSyntaxException([.. e.Errors, .. Unexpected(hint).Errors]);
        }
    }

    private (Expr[] Body, bool HasIf, bool HasBody) ReadRuleBody(HeadDraft draft)
    {
        var hasIf = TryTake("if");
        if (Is("{") && (hasIf || !Current.AfterNewLine || draft.Value is null))
        {
            return (hasIf ? ReadIfBody() : ReadBraced(), hasIf, true);
        }

        if (hasIf)
        {
            return ([ReadLiteral()], true, true);
        }

        return ([TrueExpr(draft.Location)], false, false);
    }

    /// <summary>A body in braces; or one expression that begins with an object, array or set.</summary>
    private Expr[] ReadIfBody()
    {
        var body = Try(static p =>
        {
            var read = p.ReadBraced();
            return p.AtEnd || p.Current.AfterNewLine || p.Is("else") || p.Is("}") || p.Is("{") || p.Is(";") ? read : null;
        });
        if (body is not null)
        {
            return body;
        }

        var literal = Try(static p => p.ReadLiteral());
        return literal is not null ? [literal] : ReadBraced();
    }

    private Rule ReadElse(RuleHead head, bool contains)
    {
        var place = Current.Location;
        if (contains)
        {
            throw Fail(place, "else keyword cannot be used on multi-value rules");
        }

        if (head.Path.Length > 0 && !Array.TrueForAll(head.Path, t => t is ScalarTerm))
        {
            throw Fail(place, "else keyword cannot be used on rules with variables in head");
        }

        _index++;
        if (!Is(":=") && !Is("=") && !Is("if") && !Is("{"))
        {
            throw Unexpected("expected else value term or rule body");
        }

        Term value = new ScalarTerm(place, RegoValue.True);
        if (Is(":=") || Is("="))
        {
            _index++;
            value = ReadInfix();
        }

        var elseHead = new RuleHead(place, head.Name, head.Path) { Arguments = head.Arguments, Value = value };
        var hasIf = TryTake("if");
        Expr[] body;
        if (Is("{"))
        {
            if (_requireIf && !hasIf)
            {
                throw Fail(place, "`if` keyword is required before rule body");
            }

            body = hasIf ? ReadIfBody() : ReadBraced();
        }
        else
        {
            body = hasIf ? AtEnd ? throw Unexpected("rule body expected") : [ReadLiteral()] : [TrueExpr(place)];
        }

        var next = Is("else") ? ReadElse(head, contains: false) : null;
        return new Rule(place, elseHead, body) { Else = next };
    }

    private static TermExpr TrueExpr(Location place) => new(place, new ScalarTerm(place, RegoValue.True));

    private Expr[] ReadBraced()
    {
        _bodies.Add(Expect("{", "expected {").Start);
        var body = ReadBody(static p => p.Is("}"));
        Expect("}", "expected \\n or ; or }");
        return body;
    }
}
