namespace Kfm.Gates.Rego.Syntax;

/// <summary>A recursive descent parser of Rego modules and queries: here the tokens, errors and limits.</summary>
internal sealed partial class Parser
{
    private const int MaxDepth = 400;
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "as", "default", "else", "false", "import", "not", "null", "package", "some", "true", "with",
    };

    private static readonly string[] FutureKeywords = ["contains", "every", "if", "in"];

    private readonly string _file;
    private readonly string _source;
    private readonly bool _v0;
    private readonly HashSet<string> _future = new(StringComparer.Ordinal);
    private readonly List<Comment> _comments = [];
    private readonly List<Import> _keywordImports = [];
    private readonly IReadOnlyList<RegoError> _lexicalErrors;
    private List<Token> _tokens;
    private int _index;
    private int _depth;
    private readonly List<int> _bodies = [];
    private int _wildcards;
    private bool _requireIf;
    private long _work;

    private Parser(string file, string source, bool v0)
    {
        _file = file;
        _source = source;
        _v0 = v0;
        if (!v0)
        {
            _future.UnionWith(FutureKeywords);
        }

        _requireIf = !v0;
        var lexer = new Lexer(file, source, Keywords);
        _tokens = lexer.ReadAll();
        _comments = lexer.Comments;
        _lexicalErrors = lexer.Errors;
    }

    private Token Current => _tokens[_index];

    private Token Ahead => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    private bool AtEnd => Current.Kind == TokenKind.Eof;

    /// <summary>Reads one module.</summary>
    /// <exception cref="RegoSyntaxException">The source is not Rego.</exception>
    internal static Module ParseModule(string file, string source, bool v0) => new Parser(file, source, v0).Read(static p => p.ReadModule());

    /// <summary>Reads one module for its layout: its tokens, its comments, and where in the source the braces of bodies open.</summary>
    /// <exception cref="RegoSyntaxException">The source is not Rego.</exception>
    internal static SourceLayout ParseLayout(string file, string source, bool v0)
    {
        var parser = new Parser(file, source, v0);
        var module = parser.Read(static p => p.ReadModule());
        return new SourceLayout(source, module, parser._tokens, [.. parser._bodies]);
    }

    /// <summary>Reads a query: expressions without rules.</summary>
    /// <exception cref="RegoSyntaxException">The source is not a query.</exception>
    internal static Expr[] ParseQuery(string source, bool v0)
    {
        return new Parser("", source, v0).Read(static p =>
        {
            var body = p.ReadBody(static q => q.AtEnd);
            return p.AtEnd ? body : throw p.Unexpected();
        });
    }

    /// <summary>Reads one term, such as a reference or a literal.</summary>
    /// <exception cref="RegoSyntaxException">The source is not a term.</exception>
    internal static Term ParseTerm(string source)
    {
        return new Parser("", source, v0: false).Read(static p =>
        {
            var term = p.ReadInfix();
            return p.AtEnd ? term : throw p.Unexpected();
        });
    }

    /// <summary>Runs the parser; the errors of the lexer up to where it stops come before its own.</summary>
    private T Read<T>(Func<Parser, T> read)
    {
        try
        {
            var result = read(this);
            return _lexicalErrors.Count == 0 ? result : throw new RegoSyntaxException([]);
        }
        catch (RegoSyntaxException e)
        {
            var end = Current.Location;
            var lexical = _lexicalErrors.Where(l => e.Errors.Count == 0 || l.Row < end.Row || (l.Row == end.Row && l.Col <= end.Col));
            throw new RegoSyntaxException([.. lexical, .. e.Errors]) { IsLimit = e.IsLimit };
        }
    }

    private Token Take() => _tokens[Math.Min(_index++, _tokens.Count - 1)];

    private bool Is(string text) => Current.Kind switch
    {
        TokenKind.Symbol => string.Equals(Current.Text, text, StringComparison.Ordinal),
        TokenKind.Keyword => string.Equals(Current.Text, text, StringComparison.Ordinal) && !StartsReference,
        TokenKind.Identifier => _future.Contains(text) && !StartsReference && string.Equals(Current.Text, text, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>A keyword with a dot right behind it is the head of a reference.</summary>
    private bool StartsReference => Ahead is { AfterSpace: false } && Ahead.IsSymbol(".");

    private bool TryTake(string text)
    {
        if (!Is(text))
        {
            return false;
        }

        _index++;
        return true;
    }

    private Token Expect(string text, string hint)
    {
        return Is(text) ? Take() : throw Unexpected(hint);
    }

    private RegoSyntaxException Unexpected(string? hint = null)
    {
        var suffix = hint is null ? "" : ": " + hint;
        var token = Current;
        if (token.Kind == TokenKind.Illegal)
        {
            return Fail(token.Location, "illegal token");
        }

        var keyword = token.Kind == TokenKind.Keyword || (token.Kind == TokenKind.Identifier && _future.Contains(token.Text));
        return Fail(token.Location, $"unexpected {TokenName(token)} {(keyword ? "keyword" : "token")}{suffix}");
    }

    private static RegoSyntaxException Fail(Location location, string message) =>
        new([location.Error("rego_parse_error", message)]);

    private static string TokenName(Token token) => token.Kind switch
    {
        TokenKind.Identifier when Array.IndexOf(FutureKeywords, token.Text) < 0 => "identifier",
        TokenKind.Number => "number",
        TokenKind.String => "string",
        TokenKind.Symbol => token.Text switch
        {
            "+" => "plus",
            "-" => "minus",
            "*" => "mul",
            "/" => "div",
            "%" => "rem",
            "&" => "and",
            "|" => "or",
            "=" => "eq",
            ":=" => "assign",
            "==" => "equal",
            "!=" => "neq",
            "<" => "lt",
            "<=" => "lte",
            ">" => "gt",
            ">=" => "gte",
            _ => token.Text,
        },
        _ => token.Text,
    };

    /// <summary>Bounds depth, and the work of attempts that go back: hostile nesting could else double it at each level.</summary>
    private void Enter()
    {
        if (++_work > 10_000 + (100L * _source.Length))
        {
            throw Limit("the expression is too complex");
        }

        if (++_depth > MaxDepth)
        {
            throw Limit("nesting is deeper than 400 levels");
        }
    }

    private void Leave() => _depth--;

    private RegoSyntaxException Limit(string message) => new([Current.Location.Error("rego_parse_error", message)]) { IsLimit = true };

    private VarTerm Wildcard(Location location) => new(location, "$" + _wildcards++);

    /// <summary>Runs an attempt; on failure goes back to where it began and gives null.</summary>
    private T? Try<T>(Func<Parser, T?> attempt)
        where T : class
    {
        var (tokens, index, depth, wildcards, bodies) = (_tokens, _index, _depth, _wildcards, _bodies.Count);
        try
        {
            if (attempt(this) is { } result)
            {
                return result;
            }
        }
        catch (RegoSyntaxException e) when (!e.IsLimit)
        {
            // Exceptions cost time by the depth of the stack.
            _work += 200L * _depth;
        }

        (_tokens, _index, _depth, _wildcards) = (tokens, index, depth, wildcards);
        _bodies.RemoveRange(bodies, _bodies.Count - bodies);
        return null;
    }
}
