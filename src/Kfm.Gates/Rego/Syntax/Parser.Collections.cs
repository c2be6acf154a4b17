namespace Kfm.Gates.Rego.Syntax;

/// <summary>Parentheses, arrays, objects, sets and comprehensions.</summary>
internal sealed partial class Parser
{
    /// <summary>The head of a comprehension binds tighter than the bar, which else reads as a union.</summary>
    private const int HeadLevel = 2;

    private Term ReadBracketed()
    {
        var token = Current;
        if (token.IsSymbol("("))
        {
            _index++;
            var inner = ReadInfix();
            Expect(")", "expected )");
            return inner;
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

        var head = ReadLevel(HeadLevel);
        if (Is("|") && Try(p => p.ReadComprehension(place, RegoKind.Array, null, head, "]")) is { } comprehension)
        {
            return comprehension;
        }

        return new ArrayTerm(place, ReadRest(FinishHead(head), "]", "non-terminated array"));
    }

    private Term ReadBraces()
    {
        var place = Take().Location;
        if (TryTake("}"))
        {
            return new ObjectTerm(place, []);
        }

        var head = ReadLevel(HeadLevel);
        if (Is("|") && Try(p => p.ReadComprehension(place, RegoKind.Set, null, head, "}")) is { } comprehension)
        {
            return comprehension;
        }

        head = FinishHead(head);
        return Is(":") ? ReadObject(place, head) : new SetTerm(place, ReadRest(head, "}", "non-terminated set"));
    }

    /// <summary>Goes on with the looser operators after a head that no comprehension followed.</summary>
    private Term FinishHead(Term head)
    {
        for (var level = HeadLevel - 1; level >= 0; level--)
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
        var value = ReadLevel(HeadLevel);
        if (Is("|") && Try(p => p.ReadComprehension(place, RegoKind.Object, first, value, "}")) is { } comprehension)
        {
            return comprehension;
        }

        var members = new List<(Term Key, Term Value)> { (first, FinishHead(value)) };
        while (true)
        {
            var separated = TryTake(",");
            if (TryTake("}"))
            {
                return new ObjectTerm(place, [.. members]);
            }

            if (!separated)
            {
                throw Unexpected("non-terminated object");
            }

            var key = ReadListItem();
            Expect(":", "expected :");
            members.Add((key, ReadListItem()));
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
