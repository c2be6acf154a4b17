using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Checks the types of rules, those first that others refer to, so that the types of rules are known where they are used.</summary>
internal sealed class TypeChecker
{
    private readonly FunctionNames _functions;
    private readonly List<RegoError> _errors;
    private readonly TypeTree _documents;

    internal TypeChecker(FunctionNames functions, TypeTree documents, List<RegoError> errors)
    {
        _functions = functions;
        _documents = documents;
        _errors = errors;
    }

    internal SchemaSet? Schemas { get; init; }

    internal AnnotationSet? Annotations { get; init; }

    /// <summary>Checks rules in the order that is given, callees first.</summary>
    internal void Check(IEnumerable<PolicyNode> nodes)
    {
        foreach (var node in nodes)
        {
            foreach (var source in node.Rules)
            {
                var path = Path(node);
                for (var rule = source.Rule; rule is not null; rule = rule.Else)
                {
                    Check(source, rule, path);
                }
            }
        }
    }

    /// <summary>Checks a query; its variables have no types before it.</summary>
    internal void Check(Expr[] query) => new ExpressionTypes(_functions, _errors).CheckBody(query, Root().Inner(), []);

    private TypeScope Root() => new(null, _documents, new Dictionary<Term, RegoType?>(ReferenceEqualityComparer.Instance));

    private static RegoValue[] Path(PolicyNode node)
    {
        var path = new Stack<RegoValue>();
        for (var next = node; next is not null; next = next.Parent)
        {
            path.Push(RegoValue.Of(next.Name));
        }

        return [.. path];
    }

    private void Check(SourceRule source, Rule rule, RegoValue[] path)
    {
        var before = _errors.Count;
        var outer = Root().Inner();
        if (Annotations?.Schemas(source) is { Count: > 0 } annotations)
        {
            Schemas?.Describe(annotations, source.Rule, outer, _errors);
        }

        var scope = outer.Inner();
        var arguments = rule.Head.Arguments ?? [];
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            Variables.Open(argument, bound);
        }

        var expressions = new ExpressionTypes(_functions, _errors);
        expressions.CheckBody(rule.Body, scope, bound);
        foreach (var term in rule.Head.Path.Append(rule.Head.Element).Append(rule.Head.Value).OfType<Term>())
        {
            expressions.CheckTerm(term, scope);
        }

        if (_errors.Count > before)
        {
            // What refers to a rule with an error is not reported once more.
            _documents.Put(path, RegoType.Any);
        }
        else if (TypeOf(source, rule, scope, arguments) is { } type)
        {
            _documents.Insert(path, type);
        }
    }

    private static RegoType? TypeOf(SourceRule source, Rule rule, TypeScope scope, Term[] arguments)
    {
        var head = rule.Head;
        if (arguments.Length > 0)
        {
            return new FunctionType([.. arguments.Select(a => ArgumentType(a, scope))], scope.Of(head.Value!));
        }

        if (head.Element is { } element)
        {
            return source.Key.Length > 0 ? RegoType.Any : scope.Of(element) is { } of ? new SetType(of) : null;
        }

        var type = scope.Of(head.Value!);
        for (var i = source.Key.Length - 1; i >= 0 && type is not null; i--)
        {
            type = scope.Of(source.Key[i]) is { } key ? new ObjectType([], (key, type)) : null;
        }

        return type;
    }

    /// <summary>The type of an argument; its variables that the body does not use may be anything.</summary>
    private static RegoType? ArgumentType(Term argument, TypeScope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(argument, names);
        foreach (var name in names.Where(n => scope.Variable(n) is null))
        {
            scope.Bind(name, RegoType.Any);
        }

        return scope.Of(argument);
    }
}
