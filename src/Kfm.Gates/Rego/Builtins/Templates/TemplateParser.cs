namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Reads templates in the language of Go's text/template: here lists of actions and control structures.</summary>
internal sealed partial class TemplateParser
{
    internal static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with",
    };

    private const int MaxDepth = 200;
    private readonly string _text;
    private readonly List<TemplateToken> _tokens;
    private readonly Dictionary<string, TemplateNode[]> _templates;
    private List<string> _variables = ["$"];
    private int _index;
    private int _depth;
    private int _ranges;

    private TemplateParser(string text, Dictionary<string, TemplateNode[]> templates)
    {
        _text = text;
        _tokens = TemplateLexer.Read(text);
        _templates = templates;
    }

    /// <summary>The templates of a text by name; the text itself is the one with the given name.</summary>
    /// <exception cref="TemplateException">The text is no template, or is nested deeper than 200 levels.</exception>
    internal static Dictionary<string, TemplateNode[]> Parse(string name, string text)
    {
        var templates = new Dictionary<string, TemplateNode[]>(StringComparer.Ordinal);
        var parser = new TemplateParser(text, templates);
        parser.Define(name, parser.ReadRoot());
        templates.TryAdd(name, []);
        return templates;
    }

    private TemplateToken Current => _tokens[_index];

    private TemplateException Fail(string message) => TemplateLexer.Error(_text, Current.At, message);

    private TemplateException Unexpected(string context) => Fail($"unexpected {Current} in {context}");

    private TemplateToken Take() => Current.Kind == TemplateTokenKind.End ? Current : _tokens[_index++];

    private TemplateToken SkipSpace()
    {
        while (Current.Kind == TemplateTokenKind.Space)
        {
            _index++;
        }

        return Current;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Fail("nesting is deeper than 200 levels");
        }
    }

    /// <summary>Whether the action that begins here is the named one; then goes behind its keyword.</summary>
    private bool TryOpen(string keyword)
    {
        var start = _index;
        if (Current.Kind == TemplateTokenKind.Open)
        {
            _index++;
            if (SkipSpace().IsWord(keyword))
            {
                _index++;
                return true;
            }
        }

        _index = start;
        return false;
    }

    private void Close(string context)
    {
        _ = SkipSpace().Kind == TemplateTokenKind.Close ? Take() : throw Unexpected(context);
    }

    private TemplateNode[] ReadRoot()
    {
        var nodes = new List<TemplateNode>();
        while (Current.Kind != TemplateTokenKind.End)
        {
            if (TryOpen("define"))
            {
                ReadDefinition();
            }
            else if (TryOpen("end") || TryOpen("else"))
            {
                _index--;
                throw Fail($"unexpected {{{{{Current.Text}}}}}");
            }
            else
            {
                nodes.Add(ReadNode());
            }
        }

        return [.. nodes];
    }

    private void ReadDefinition()
    {
        var name = ReadName("define clause");
        Close("define clause");
        Define(name, ReadApart());
    }

    /// <summary>A body that sees no variables of what is around it, up to its end.</summary>
    private TemplateNode[] ReadApart()
    {
        var (outer, ranges) = (_variables, _ranges);
        (_variables, _ranges) = (["$"], 0);
        var body = ReadBody();
        if (!TryOpen("end"))
        {
            throw Fail("unexpected {{else}} in define clause");
        }

        Close("end");
        (_variables, _ranges) = (outer, ranges);
        return body;
    }

    private void Define(string name, TemplateNode[] body)
    {
        if (!_templates.TryGetValue(name, out var known) || IsEmpty(known))
        {
            _templates[name] = body;
        }
        else if (!IsEmpty(body))
        {
            throw Fail($"template: multiple definition of template {GoQuote.Quote(name)}");
        }
    }

    private static bool IsEmpty(TemplateNode[] nodes) => Array.TrueForAll(nodes, static n => n is TextNode text && string.IsNullOrWhiteSpace(text.Text));

    private string ReadName(string context)
    {
        var token = SkipSpace();
        return token.Kind == TemplateTokenKind.Quoted
            ? TemplateConstants.Unquote(Take().Text) ?? throw Fail("invalid syntax")
            : throw Unexpected(context);
    }

    /// <summary>Nodes up to the end or else that ends them, which stays.</summary>
    private TemplateNode[] ReadBody()
    {
        Enter();
        var nodes = new List<TemplateNode>();
        while (true)
        {
            if (Current.Kind == TemplateTokenKind.End)
            {
                throw Fail("unexpected EOF");
            }

            var start = _index;
            if (TryOpen("end") || TryOpen("else"))
            {
                _index = start;
                _depth--;
                return [.. nodes];
            }

            nodes.Add(ReadNode());
        }
    }

    private TemplateNode ReadNode()
    {
        if (Current.Kind == TemplateTokenKind.Text)
        {
            var text = Take();
            return new TextNode(text.At, text.Text);
        }

        _index++;
        var token = SkipSpace();
        if (token.Kind != TemplateTokenKind.Word || !Keywords.Contains(token.Text) || token.Text == "nil")
        {
            var pipe = ReadPipe("command");
            Close("command");
            return new ActionNode(token.At, pipe);
        }

        _index++;
        return token.Text switch
        {
            "if" or "with" or "range" => ReadControl(token),
            "template" => ReadInvocation(token),
            "block" => ReadBlock(token),
            "break" or "continue" => ReadJump(token),
            _ => throw TemplateLexer.Error(_text, token.At, $"unexpected {token} in command"),
        };
    }

    private JumpNode ReadJump(TemplateToken token)
    {
        Close($"{{{{{token.Text}}}}}");
        return _ranges > 0 ? new JumpNode(token.At, token.Text == "continue") : throw TemplateLexer.Error(_text, token.At, $"{{{{{token.Text}}}}} outside {{{{range}}}}");
    }

    private InvokeNode ReadInvocation(TemplateToken token)
    {
        var name = ReadName("template clause");
        var pipe = SkipSpace().Kind == TemplateTokenKind.Close ? null : ReadPipe("template clause");
        Close("template clause");
        return new InvokeNode(token.At, name, pipe);
    }

    private InvokeNode ReadBlock(TemplateToken token)
    {
        var name = ReadName("block clause");
        var pipe = ReadPipe("block clause");
        Close("block clause");
        Define(name, ReadApart());
        return new InvokeNode(token.At, name, pipe);
    }

    private TemplateNode ReadControl(TemplateToken token)
    {
        Enter();
        var known = _variables.Count;
        var isRange = token.Text == "range";
        var pipe = ReadPipe(token.Text);
        Close(token.Text);
        _ranges += isRange ? 1 : 0;
        var body = ReadBody();
        _ranges -= isRange ? 1 : 0;
        var otherwise = ReadElse(token);
        _variables.RemoveRange(known, _variables.Count - known);
        _depth--;
        return isRange ? new RangeNode(token.At, pipe, body, otherwise) : new BranchNode(token.At, token.Text == "with", pipe, body, otherwise);
    }

    /// <summary>What stands between else and end; "else if" and "else with" are nested and share the end.</summary>
    private TemplateNode[]? ReadElse(TemplateToken token)
    {
        if (TryOpen("end"))
        {
            Close("end");
            return null;
        }

        _ = TryOpen("else");
        if (token.Text != "range" && SkipSpace().IsWord(token.Text))
        {
            return [ReadControl(Take())];
        }

        Close("else");
        var body = ReadBody();
        if (!TryOpen("end"))
        {
            throw Fail("expected end; found {{else}}");
        }

        Close("end");
        return body;
    }
}
