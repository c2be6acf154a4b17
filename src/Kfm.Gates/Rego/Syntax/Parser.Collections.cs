namespace Kfm.Gates.Rego.Syntax;

/// <summary>Parentheses, arrays, objects, sets and comprehensions.</summary>
internal sealed partial class Parser
{
    private Term ReadBracketed()
    {
        var token = Current;
        if (token.IsSymbol("("))
        {
            _index++;
            var inner = ReadInfix();
            return TryTake(")") ? inner : throw Fail(Current.Location, "non-terminated expression");
        }

        if (token.IsSymbol("["))
        {
            return ReadArray();
        }

        if (token.IsSymbol("{"))
        {
            return ReadBraces();
        }

        throw Unexpected();
    }

    private Term ReadArray()
    {
        var place = Take().Location;
        if (TryTake("]"))
        {
            return new ArrayTerm(place, []);
        }

        var head = ReadTerm();
        return Is("|") && TryComprehension(p => p.ReadComprehension(place, RegoKind.Array, null, head, "]")) is { } comprehension
            ? comprehension
            : new ArrayTerm(place, ReadRest(FinishHead(head), "]", "expected \",\" or \"]\""));
    }

    private Term ReadBraces()
    {
        var place = Take().Location;
        if (TryTake("}"))
        {
            return new ObjectTerm(place, []);
        }

        var head = ReadTerm();
        if (Is("|") && TryComprehension(p => p.ReadComprehension(place, RegoKind.Set, null, head, "}")) is { } comprehension)
        {
            return comprehension;
        }

        head = FinishHead(head);
        return Is(":") ? ReadObject(place, head)
            : Is(",") || Is("}") ? new SetTerm(place, ReadRest(head, "}", "expected \",\" or \"}\""))
            : throw Unexpected("non-terminated set");
    }

    /// <summary>Goes on with the looser operators after a head that no comprehension followed.</summary>
    private Term FinishHead(Term head)
    {
        for (var level = Levels.Length - 1; level >= 0; level--)
        {
            head = FinishLevel(level, head);
        }

        return FinishIn(head, keyed: false);
    }

    private Term[] ReadRest(Term first, string end, string hint)
    {
        if (!TryTake(",") && !Is(end))
        {
            throw Unexpected(hint);
        }

        return ReadItems(end, hint, [first]);
    }

    private Term[] ReadItems(string end, string hint, List<Term> items)
    {
        while (!Is(end))
        {
            items.Add(ReadListItem());
            if (!TryTake(",") && !Is(end))
            {
                throw Unexpected(hint);
            }
        }

        _index++;
        return [.. items];
    }

    private Term ReadObject(Location place, Term first)
    {
        Expect(":", "expected :");
        var value = ReadTerm();
        if (Is("|") && TryComprehension(p => p.ReadComprehension(place, RegoKind.Object, first, value, "}")) is { } comprehension)
        {
            return comprehension;
        }

        var members = new List<(Term Key, Term Value)> { (first, FinishHead(value)) };
        if (!Is(",") && !Is("}"))
        {
            throw Unexpected("non-terminated object");
        }

        while (true)
        {
            var separated = TryTake(",");
            if (TryTake("}"))
            {
                return new ObjectTerm(place, LastOfEach(members));
            }

            if (!separated)
            {
                throw Unexpected("expected \",\" or \"}\"");
            }

            var key = ReadListItem();
            Expect(":", "expected \":\"");
            members.Add((key, ReadListItem()));
        }
    }

    /// <summary>Of members with the same constant key the last one counts.</summary>
    private static (Term Key, Term Value)[] LastOfEach(List<(Term Key, Term Value)> members)
    {
        var last = new Dictionary<RegoValue, int>();
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Key is ScalarTerm key)
            {
                last[key.Value] = i;
            }
        }

        return [.. members.Where((m, i) => m.Key is not ScalarTerm key || last[key.Value] == i)];
    }

    /// <summary>A bar begins a body; only when that ends at a comma is it the operator of a union.</summary>
    private ComprehensionTerm? TryComprehension(Func<Parser, ComprehensionTerm?> attempt)
    {
        var (tokens, index, depth, wildcards) = (_tokens, _index, _depth, _wildcards);
        try
        {
            return attempt(this);
        }
        catch (RegoSyntaxException e) when (!e.IsLimit && Is(","))
        {
            _work += 200L * _depth;
            (_tokens, _index, _depth, _wildcards) = (tokens, index, depth, wildcards);
            return null;
        }
    }

    /// <summary>The bar and the body after the head of a comprehension; null when it is a union instead.</summary>
    private ComprehensionTerm? ReadComprehension(Location place, RegoKind kind, Term? key, Term value, string end)
    {
        _index++;
        var body = ReadBody(p => p.Is(end));
        _index++;
        return new ComprehensionTerm(place, kind, key, value, body);
    }
}
