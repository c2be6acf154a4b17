namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>What both kinds of documents share: names, types, values, arguments, directives.</summary>
internal abstract class GraphQlParser
{
    protected const int Variable = 0;
    private const int MaxDepth = 200;
    private readonly GraphQlLexer _lexer;
    private readonly BuiltinContext _context;
    private int _depth;

    protected GraphQlParser(string text, BuiltinContext context)
    {
        (_lexer, _context) = (new GraphQlLexer(text), context);
        Peek = _lexer.Next();
    }

    protected GraphQlToken Peek { get; private set; }

    protected GraphQlToken Take()
    {
        _context.Spend(1);
        var token = Peek;
        Peek = _lexer.Next();
        return token;
    }

    protected bool Skip(string kind)
    {
        var there = Peek.Kind == kind;
        if (there)
        {
            Take();
        }

        return there;
    }

    protected GraphQlToken Expect(string kind) => Peek.Kind == kind ? Take() : throw Error($"Expected {kind}, found {Peek}");

    protected void ExpectKeyword(string word)
    {
        if (Peek.Kind != GraphQlToken.Name || Peek.Value != word)
        {
            throw Error($"Expected {GoQuote.Quote(word)}, found {Peek}");
        }

        Take();
    }

    protected string ReadName() => Expect(GraphQlToken.Name).Value;

    protected GraphQlException Unexpected(GraphQlToken? token = null) => new($"Unexpected {token ?? Peek}", (token ?? Peek).Line, (token ?? Peek).Column);

    protected GraphQlException Error(string message) => new(message, Peek.Line, Peek.Column);

    /// <summary>One item at least between two tokens; nothing when the first is not there.</summary>
    protected void Some(string open, string close, Action item)
    {
        if (!Skip(open))
        {
            return;
        }

        if (Peek.Kind == close)
        {
            throw Error($"expected at least one definition, found {Peek}");
        }

        Enter(() =>
        {
            while (!Skip(close))
            {
                item();
            }
        });
    }

    protected void Enter(Action inner)
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"the document is more than {MaxDepth} levels deep");
        }

        inner();
        _depth--;
    }

    protected GraphQlNode ReadType()
    {
        var type = new GraphQlNode(Peek);
        if (Skip("["))
        {
            Enter(() => type["Elem"] = ReadType());
            Expect("]");
            type["NamedType"] = "";
        }
        else
        {
            type["NamedType"] = ReadName();
        }

        type["NonNull"] = Skip("!");
        return type;
    }

    protected void ReadDirectives(GraphQlNode of, bool constant)
    {
        while (Peek.Kind == "@")
        {
            Take();
            var directive = new GraphQlNode(Peek) { ["Location"] = "", ["Name"] = ReadName() };
            ReadArguments(directive, constant);
            of.Add("Directives", directive);
        }
    }

    protected void ReadArguments(GraphQlNode of, bool constant) => Some("(", ")", () =>
    {
        var argument = new GraphQlNode(Peek) { ["Name"] = ReadName() };
        Expect(":");
        argument["Value"] = ReadValue(constant);
        of.Add("Arguments", argument);
    });

    protected GraphQlNode ReadValue(bool constant)
    {
        var value = new GraphQlNode(Peek) { ["ExpectedTypeHasDefault"] = false };
        var token = Peek;
        switch (token.Kind)
        {
            case "[" or "{":
                Take();
                value["Kind"] = token.Kind == "[" ? 8 : 9;
                value["Raw"] = "";
                Enter(() => ReadChildren(value, token.Kind == "{", constant));
                return value;
            case "$" when !constant:
                Take();
                value["Raw"] = ReadName();
                value["Kind"] = Variable;
                return value;
            default:
                value["Kind"] = token.Kind switch
                {
                    GraphQlToken.Int => 1,
                    GraphQlToken.Float => 2,
                    GraphQlToken.String => 3,
                    GraphQlToken.BlockString => 4,
                    GraphQlToken.Name => token.Value switch { "true" or "false" => 5, "null" => 6, _ => 7 },
                    _ => throw Unexpected(),
                };
                value["Raw"] = Take().Value;
                return value;
        }
    }

    private void ReadChildren(GraphQlNode value, bool named, bool constant)
    {
        while (!Skip(named ? "}" : "]"))
        {
            var child = new GraphQlNode(Peek) { ["Name"] = named ? ReadName() : "" };
            if (named)
            {
                Expect(":");
            }

            child["Value"] = ReadValue(constant);
            value.Add("Children", child);
        }
    }
}
