using System.Globalization;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Pipelines and their operands.</summary>
internal sealed partial class TemplateExecution
{
    /// <summary>The value of a pipeline; the null of JSON becomes no value, as Go forgets that it was an interface.</summary>
    private object? Pipe(object? dot, PipeNode pipe)
    {
        object? value = null;
        for (var i = 0; i < pipe.Commands.Length; i++)
        {
            value = Command(dot, pipe.Commands[i], i > 0, value);
            value = value is RegoNull ? null : value;
        }

        // Those of a range take the items instead.
        if (pipe.Variables.Length == 1 && !pipe.OfRange)
        {
            Set(pipe, pipe.Variables[0], value);
        }

        return value;
    }

    private object? Command(object? dot, TemplateNode[] command, bool piped, object? final)
    {
        if (command[0] is FunctionNode function)
        {
            return Call(dot, function, command.AsSpan(1), piped, final);
        }

        if (command.Length > 1 || piped)
        {
            throw Fail(command[0], command[0] is FieldNode or VariableNode { Fields.Length: > 0 } or ChainNode
                ? "not a method but has arguments"
                : "can't give argument to non-function");
        }

        return command[0] is NilNode nil ? throw Fail(nil, "nil is not a command") : Operand(dot, command[0]);
    }

    private object? Operand(object? dot, TemplateNode node) => node switch
    {
        ConstantNode constant => constant.Value,
        DotNode => dot,
        NilNode => null,
        FieldNode field => Fields(field, dot, field.Names),
        VariableNode variable => Fields(variable, _variables.FindLast(v => v.Name == variable.Name).Value, variable.Fields),
        PipeNode pipe => Pipe(dot, pipe),
        FunctionNode function => Call(dot, function, [], false, null),
        ChainNode { Term: NilNode } chain => throw Fail(chain, "indirection through explicit nil"),
        ChainNode chain => Fields(chain, Operand(dot, chain.Term), chain.Fields),
        _ => throw Fail(node, "can't evaluate command"),
    };

    private object? Fields(TemplateNode node, object? value, string[] names)
    {
        foreach (var field in names)
        {
            value = value switch
            {
                null => null,
                RegoNull => throw Fail(node, $"nil pointer evaluating interface {{}}.{field}"),
                RegoObject map => map.Member(field),
                RegoNumber number => Method(node, number, field),
                _ => throw Fail(node, $"can't evaluate field {field} in type {(value is long or double ? TemplateText.TypeName(value) : "interface {}")}"),
            };
        }

        return value;
    }

    /// <summary>The methods that a number of JSON has in Go.</summary>
    private object Method(TemplateNode node, RegoNumber number, string method)
    {
        var text = number.ToString();
        return method switch
        {
            "String" => RegoValue.Of(text),
            "Int64" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                : throw Fail(node, $"error calling Int64: strconv.ParseInt: parsing {GoQuote.Quote(text)}: invalid syntax"),
            "Float64" => number.ToDouble(),
            _ => throw Fail(node, $"can't evaluate field {method} in type interface {{}}"),
        };
    }

    private object? Call(object? dot, FunctionNode function, ReadOnlySpan<TemplateNode> operands, bool piped, object? final)
    {
        var values = new List<object?>();
        foreach (var operand in operands)
        {
            values.Add(Operand(dot, operand));

            // and, or stop at the operand that decides.
            if (function.Name is "and" or "or" && TemplateFunctions.IsTrue(values[^1]) == (function.Name == "or"))
            {
                return values[^1];
            }
        }

        if (piped)
        {
            values.Add(final);
        }

        try
        {
            return TemplateFunctions.Call(context, function.Name, [.. values]);
        }
        catch (TemplateException e) when (!e.Message.StartsWith("template:", StringComparison.Ordinal))
        {
            throw Fail(function, e.Message);
        }
    }
}
