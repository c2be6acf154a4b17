using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>
/// Gives every name its meaning: rules of the package and imports become references below data and input, declared variables
/// become unique, := becomes a unification.
/// </summary>
internal sealed partial class Resolver(Module module, PolicyNode package, RegoOptions options, List<RegoError> errors)
{
    private readonly Dictionary<string, Import> _imports = Imports(module);
    private readonly HashSet<Import> _usedImports = [];
    private readonly bool _wholeNegation = Array.Exists(module.KeywordImports, static i => i.Path is [.., "not"]);
    private readonly string[] _packagePath = module.Package;
    private int _counter;
    private Rule? _rule;

    internal AnnotationSet? Annotations { get; init; }

    internal IEnumerable<Import> UnusedImports => module.Imports.Where(i => !_usedImports.Contains(i));

    /// <summary>A rule with all names resolved; the else chain shares the arguments.</summary>
    internal Rule Resolve(Rule rule)
    {
        var head = rule.Head;
        _rule = rule;
        if (head.Name is "input" or "data")
        {
            errors.Add(rule.Location.Error("rego_compile_error", $"rules must not shadow {head.Name} (use a different rule name)"));
        }

        var scope = new Scope(null);
        var arguments = head.Arguments?.Select(a => Declare(a, scope, Declaration.Argument, null)).ToArray();
        var resolved = ResolveChain(rule, arguments, scope);
        if (options.Strict)
        {
            foreach (var (name, _, _) in scope.Unused.Where(u => !rule.IsDefault))
            {
                errors.Add(rule.Location.Error("rego_compile_error", $"unused argument {name}. (hint: use _ (wildcard variable) instead)"));
            }
        }

        return resolved;
    }

    /// <summary>The expressions of a query, resolved as in a package. None is added, because each is an answer.</summary>
    internal Expr[] Resolve(Expr[] query)
    {
        var scope = new Scope(null);
        return [.. query.Select(e => Expr(e, scope)).Where(e => e is not SomeExpr)];
    }

    private static Dictionary<string, Import> Imports(Module module)
    {
        var imports = new Dictionary<string, Import>(StringComparer.Ordinal);
        foreach (var import in module.Imports)
        {
            imports[import.Name] = import;
        }

        return imports;
    }

    private Rule ResolveChain(Rule rule, Term[]? arguments, Scope outer)
    {
        var head = rule.Head;
        var scope = new Scope(outer);
        var body = Body(rule.Body, scope);
        var resolvedHead = new RuleHead(head.Location, head.Name, [.. head.Path.Select(t => Term(t, scope))])
        {
            Arguments = arguments,
            Element = head.Element is null ? null : Term(head.Element, scope),
            Value = head.Value is null ? null : Term(head.Value, scope),
        };
        CheckUnused(scope);
        var next = rule.Else is null ? null : ResolveChain(rule.Else, arguments, outer);
        return new Rule(rule.Location, resolvedHead, body) { IsDefault = rule.IsDefault, Else = next };
    }

    private void CheckUnused(Scope scope)
    {
        if (!options.Strict)
        {
            return;
        }

        foreach (var (name, how, place) in scope.Unused)
        {
            var verb = how == Declaration.Assigned ? "assigned" : "declared";
            errors.Add(place.Error("rego_compile_error", $"{verb} var {name} unused"));
        }
    }

    private Expr[] Body(Expr[] body, Scope scope)
    {
        var resolved = body.Select(e => Expr(e, scope)).Where(e => e is not SomeExpr);
        return [.. options.OuterNegation && !_wholeNegation ? resolved.SelectMany(e => OuterNegation.Of(e, ref _counter)) : resolved];
    }

    private Expr Expr(Expr expr, Scope scope)
    {
        var withs = expr.Withs.Select(w => With(w, scope)).ToArray();
        switch (expr)
        {
            case SomeExpr some:
                foreach (var variable in some.Variables)
                {
                    Declare(variable, scope, Declaration.Declared, some.Location);
                }

                return some;
            case SomeInExpr some:
                var from = Term(some.Domain, scope);
                var key = some.Key is null ? null : Declare(some.Key, scope, Declaration.Declared, some.Location);
                return new SomeInExpr(expr.Location, key, Declare(some.Value, scope, Declaration.Declared, some.Location), from) { Withs = withs, Text = expr.Text };
            case EveryExpr every:
                return Every(every, withs, scope);
            default:
                var term = ((TermExpr)expr).Term;
                var resolved = term is CallTerm { Target: VarTerm { Name: "assign" } } call && call.Arguments.Length == 2
                    ? Assign(call, scope)
                    : Term(term, scope);
                return new TermExpr(expr.Location, resolved) { Withs = withs, Negated = expr.Negated, Text = expr.Text };
        }
    }

    private EveryExpr Every(EveryExpr every, WithModifier[] withs, Scope scope)
    {
        var domain = Term(every.Domain, scope);
        var inner = new Scope(scope);
        var key = every.Key is null ? null : Declare(every.Key, inner, Declaration.Declared, every.Body[0].Location);
        var value = Declare(every.Value, inner, Declaration.Declared, every.Body[0].Location);
        var body = Body(every.Body, new Scope(inner));
        CheckUnused(inner);
        return new EveryExpr(every.Location, key, value, domain, body) { Withs = withs, Text = every.Text };
    }

    private CallTerm Assign(CallTerm call, Scope scope)
    {
        // The right side is read first: in x := x + 1 it still means the outer x.
        var right = Term(call.Arguments[1], scope);
        if (call.Arguments[0] is not (VarTerm or ArrayTerm or ObjectTerm))
        {
            errors.Add(call.Location.Error("rego_compile_error", $"cannot assign to {Kind(call.Arguments[0])}"));
        }

        var left = Declare(call.Arguments[0], scope, Declaration.Assigned, call.Location);
        return new CallTerm(call.Location, new VarTerm(call.Target.Location, "eq"), [left, right]);
    }

    private static string Kind(Term term) => term switch
    {
        RefTerm => "ref",
        CallTerm => "call",
        ScalarTerm scalar => scalar.Value.Kind.ToString().ToLowerInvariant(),
        SetTerm => "set",
        ComprehensionTerm c => c.Kind.ToString().ToLowerInvariant() + "comprehension",
        _ => "term",
    };

    /// <summary>Declares the variables of a pattern, which a declaration at the given place holds; what is not a variable, array or object is an ordinary term.</summary>
    private Term Declare(Term term, Scope scope, Declaration how, Location? place)
    {
        switch (term)
        {
            case VarTerm variable:
                if (variable.Name is "input" or "data")
                {
                    errors.Add(variable.Location.Error(
                        "rego_compile_error", $"variables must not shadow {variable.Name} (use a different variable name)"));
                }

                return scope.Declare(variable, how, place, ref _counter, errors);
            case ArrayTerm array:
                return new ArrayTerm(array.Location, [.. array.Items.Select(i => Declare(i, scope, how, place))]);
            case ObjectTerm obj:
                return new ObjectTerm(obj.Location, [.. obj.Members.Select(m => (Term(m.Key, scope), Declare(m.Value, scope, how, place)))]);
            default:
                return Term(term, scope);
        }
    }
}
