using System.Runtime.CompilerServices;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Runs a template over data: here its nodes. No value, such as that of a missing key, is C#'s null; null of JSON stays apart.</summary>
internal sealed partial class TemplateExecution(BuiltinContext context, string name, string source, Dictionary<string, TemplateNode[]> templates)
{
    /// <summary>What stands where there is no value.</summary>
    internal const string NoValue = "<undefined>";

    private const int MaxDepth = 1_000;
    private readonly StringBuilder _output = new();
    private List<(string Name, object? Value)> _variables = [];
    private string _name = name;
    private int _depth;

    private enum Flow
    {
        On,
        Break,
        Continue,
    }

    /// <exception cref="TemplateException">The data do not fit the template, or templates call each other too deeply.</exception>
    internal string Run(RegoObject data)
    {
        _variables = [("$", data)];
        Walk(data, templates[_name]);
        return _output.ToString();
    }

    private TemplateException Fail(TemplateNode node, string message)
    {
        var before = source.AsSpan(0, node.At);
        var line = 1 + before.Count('\n');
        var column = node.At - (before.LastIndexOf('\n') + 1);
        var what = node switch
        {
            PipeNode pipe => pipe.Source,
            FieldNode field => "." + string.Join('.', field.Names),
            VariableNode variable => string.Join('.', [variable.Name, .. variable.Fields]),
            FunctionNode function => function.Name,
            DotNode => ".",
            NilNode => "nil",
            ConstantNode constant => $"{constant.Value}",
            InvokeNode invoke => $"{{{{template {GoQuote.Quote(invoke.Name)}{(invoke.Pipe is null ? "" : " " + invoke.Pipe.Source)}}}}}",
            _ => source[node.At..Math.Min(source.Length, node.At + 20)],
        };
        what = what.Length > 20 ? what[..20] + "..." : what;
        return new TemplateException($"template: template:{line}:{column}: executing {GoQuote.Quote(_name)} at <{what}>: {message}");
    }

    private Flow Walk(object? dot, TemplateNode[] nodes)
    {
        foreach (var node in nodes)
        {
            context.Spend(1);
            context.CheckSize(_output.Length);
            var flow = Walk(dot, node);
            if (flow != Flow.On)
            {
                return flow;
            }
        }

        return Flow.On;
    }

    private Flow Walk(object? dot, TemplateNode node)
    {
        switch (node)
        {
            case TextNode text:
                _output.Append(text.Text);
                return Flow.On;
            case ActionNode action:
                var value = Pipe(dot, action.Pipe);
                if (action.Pipe.Variables.Length == 0)
                {
                    Print(value);
                }

                return Flow.On;
            case BranchNode branch:
                return Scoped(() => Branch(dot, branch));
            case RangeNode range:
                return Scoped(() => Range(dot, range));
            case InvokeNode invoke:
                Invoke(dot, invoke);
                return Flow.On;
            default:
                return ((JumpNode)node).Continues ? Flow.Continue : Flow.Break;
        }
    }

    private void Print(object? value)
    {
        if (value is null or RegoNull)
        {
            _output.Append(NoValue);
        }
        else
        {
            TemplateText.Append(context, value, _output);
        }
    }

    private Flow Scoped(Func<Flow> walk)
    {
        var known = _variables.Count;
        var flow = walk();
        _variables.RemoveRange(known, _variables.Count - known);
        return flow;
    }

    private Flow Branch(object? dot, BranchNode branch)
    {
        var value = Pipe(dot, branch.Pipe);
        return TemplateFunctions.IsTrue(value) ? Walk(branch.SetsDot ? value : dot, branch.Body)
            : branch.Else is not null ? Walk(dot, branch.Else)
            : Flow.On;
    }

    private Flow Range(object? dot, RangeNode range)
    {
        var value = Pipe(dot, range.Pipe);
        var ran = false;
        foreach (var (key, item) in Items(range, value))
        {
            ran = true;
            var known = _variables.Count;
            Set(range.Pipe, key, item);
            var flow = Walk(item, range.Body);
            _variables.RemoveRange(known, _variables.Count - known);
            if (flow == Flow.Break)
            {
                break;
            }
        }

        return ran || range.Else is null ? Flow.On : Walk(dot, range.Else);
    }

    private IEnumerable<(object? Key, object? Item)> Items(RangeNode range, object? value)
    {
        switch (value)
        {
            case null or RegoNull:
                return [];
            case RegoArray array:
                return array.Items.Select(static (item, i) => ((object?)(long)i, (object?)item));
            case RegoObject map:
                return map.Sorted.ToArray().Select(static m => ((object?)m.Key, (object?)m.Value));
            case long count when range.Pipe.Variables.Length < 2:
                return Count(count);
            case long count:
                throw Fail(range.Pipe, $"can't use {count} to iterate over more than one variable");
            default:
                throw Fail(range.Pipe, $"range can't iterate over {TemplateText.Sprint(context, [value])}");
        }
    }

    private IEnumerable<(object? Key, object? Item)> Count(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            context.Spend(1);
            yield return (null, i);
        }
    }

    /// <summary>Gives the variables of a range their values: the last one the item, the one before it the key.</summary>
    private void Set(PipeNode pipe, object? key, object? item)
    {
        for (var i = 0; i < pipe.Variables.Length; i++)
        {
            Set(pipe, pipe.Variables[i], i == pipe.Variables.Length - 1 ? item : key);
        }
    }

    private void Set(PipeNode pipe, string variable, object? value)
    {
        if (pipe.Assigns)
        {
            _variables[_variables.FindLastIndex(v => v.Name == variable)] = (variable, value);
        }
        else
        {
            _variables.Add((variable, value));
        }
    }

    private void Invoke(object? dot, InvokeNode invoke)
    {
        if (!templates.TryGetValue(invoke.Name, out var body))
        {
            throw Fail(invoke, $"template {GoQuote.Quote(invoke.Name)} not defined");
        }

        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Fail(invoke, $"exceeded maximum template depth ({MaxDepth})");
        }

        var inner = invoke.Pipe is null ? null : Pipe(dot, invoke.Pipe);
        var (outer, caller) = (_variables, _name);
        (_variables, _name) = ([("$", inner)], invoke.Name);
        Walk(inner, body);
        (_variables, _name) = (outer, caller);
        _depth--;
    }
}
