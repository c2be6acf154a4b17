namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Pipelines, commands and their operands.</summary>
internal sealed partial class TemplateParser
{
    private PipeNode ReadPipe(string context)
    {
        Enter();
        var start = SkipSpace().At;
        var (variables, assigns) = ReadVariables(context);
        var commands = new List<TemplateNode[]>();
        while (SkipSpace().Kind is not (TemplateTokenKind.Close or TemplateTokenKind.RightParen))
        {
            commands.Add(ReadCommand(context));
        }

        if (commands.Count == 0)
        {
            throw Fail($"missing value for {context}");
        }

        var late = commands.FindIndex(1, static c => c[0] is ConstantNode or DotNode or NilNode);
        if (late >= 0)
        {
            throw Fail($"non executable command in pipeline stage {late + 1}");
        }

        _depth--;
        return new PipeNode(start, variables, assigns, context == "range", [.. commands], _text[start..Current.At].Trim());
    }

    /// <summary>$x := and $x =, in range $k, $v := too.</summary>
    private (string[] Variables, bool Assigns) ReadVariables(string context)
    {
        var start = _index;
        var names = new List<string>();
        while (SkipSpace().Kind == TemplateTokenKind.Variable)
        {
            names.Add(Take().Text);
            switch (SkipSpace().Kind)
            {
                case TemplateTokenKind.Declare or TemplateTokenKind.Assign:
                    var assigns = Take().Kind == TemplateTokenKind.Assign;
                    if (!assigns)
                    {
                        _variables.AddRange(names);
                    }
                    else if (names.Find(n => !_variables.Contains(n, StringComparer.Ordinal)) is { } unknown)
                    {
                        throw Fail($"undefined variable {GoQuote.Quote(unknown)}");
                    }

                    return ([.. names], assigns);
                case TemplateTokenKind.Comma when context == "range" && names.Count < 2:
                    _index++;
                    if (SkipSpace().Kind != TemplateTokenKind.Variable)
                    {
                        throw Fail("range can only initialize variables");
                    }

                    break;
                case TemplateTokenKind.Comma:
                    throw Fail($"too many declarations in {context}");
                default:
                    _index = start;
                    return ([], false);
            }
        }

        _index = start;
        return ([], false);
    }

    private TemplateNode[] ReadCommand(string context)
    {
        var arguments = new List<TemplateNode>();
        while (true)
        {
            SkipSpace();
            if (ReadOperand() is { } operand)
            {
                arguments.Add(operand);
            }

            switch (Current.Kind)
            {
                case TemplateTokenKind.Space:
                    continue;
                case TemplateTokenKind.Close or TemplateTokenKind.RightParen:
                    break;
                case TemplateTokenKind.Pipe:
                    _index++;
                    if (SkipSpace().Kind is TemplateTokenKind.Close or TemplateTokenKind.RightParen)
                    {
                        throw Fail($"missing value for {context}");
                    }

                    break;
                default:
                    throw Unexpected("operand");
            }

            return arguments.Count > 0 ? [.. arguments] : throw Fail("empty command");
        }
    }

    private TemplateNode? ReadOperand()
    {
        var term = ReadTerm();
        if (term is null || Current.Kind != TemplateTokenKind.Field)
        {
            return term is null ? null : Apart(term);
        }

        var fields = new List<string>();
        while (Current.Kind == TemplateTokenKind.Field)
        {
            fields.Add(Take().Text[1..]);
        }

        return term switch
        {
            FieldNode field => new FieldNode(field.At, [.. field.Names, .. fields]),
            VariableNode variable => new VariableNode(variable.At, variable.Name, [.. fields]),
            ConstantNode or DotNode or NilNode => throw Fail($"unexpected . after term {GoQuote.Quote(_text[term.At..Current.At])}"),
            _ => new ChainNode(term.At, term, [.. fields]),
        };
    }

    /// <summary>Operands are apart from each other.</summary>
    private TemplateNode Apart(TemplateNode term) => Current.Kind is TemplateTokenKind.Space or TemplateTokenKind.Close or TemplateTokenKind.RightParen or TemplateTokenKind.Pipe
        ? term
        : throw Unexpected("operand");

    private TemplateNode? ReadTerm()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TemplateTokenKind.Word when token.Text is "true" or "false":
                _index++;
                return new ConstantNode(token.At, RegoValue.Of(token.Text == "true"));
            case TemplateTokenKind.Word when token.Text == "nil":
                _index++;
                return new NilNode(token.At);
            case TemplateTokenKind.Word when !Keywords.Contains(token.Text):
                _index++;
                return TemplateFunctions.Has(token.Text) ? new FunctionNode(token.At, token.Text)
                    : throw TemplateLexer.Error(_text, token.At, $"function {GoQuote.Quote(token.Text)} not defined");
            case TemplateTokenKind.Dot:
                _index++;
                return new DotNode(token.At);
            case TemplateTokenKind.Field:
                _index++;
                return new FieldNode(token.At, [token.Text[1..]]);
            case TemplateTokenKind.Variable:
                _index++;
                return _variables.Contains(token.Text, StringComparer.Ordinal) ? new VariableNode(token.At, token.Text, [])
                    : throw TemplateLexer.Error(_text, token.At, $"undefined variable {GoQuote.Quote(token.Text)}");
            case TemplateTokenKind.Char or TemplateTokenKind.Number or TemplateTokenKind.Quoted:
                return ReadConstant(Take());
            case TemplateTokenKind.LeftParen:
                _index++;
                var pipe = ReadPipe("parenthesized pipeline");
                return Take().Kind == TemplateTokenKind.RightParen ? pipe : throw Fail("unclosed right paren");
            default:
                return null;
        }
    }

    private ConstantNode ReadConstant(TemplateToken token)
    {
        var value = token.Kind switch
        {
            TemplateTokenKind.Char => TemplateConstants.Character(token.Text) ?? throw Fail($"malformed character constant: {token.Text}"),
            TemplateTokenKind.Number => TemplateConstants.Number(token.Text) ?? throw Fail($"bad number syntax: {GoQuote.Quote(token.Text)}"),
            _ => TemplateConstants.Unquote(token.Text) is { } text ? RegoValue.Of(text) : throw Fail("invalid syntax"),
        };
        return new ConstantNode(token.At, value);
    }
}
