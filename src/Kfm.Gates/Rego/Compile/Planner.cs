using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Turns one resolved rule body into steps: orders it, gives variables slots, lifts iterations out of terms.</summary>
internal sealed partial class Planner
{
    private readonly FunctionNames _functions;
    private readonly Outputs _outputs;
    private readonly List<RegoError> _errors;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private int _temporaries;
    private Location? _place;
    private int _collectors;
    private bool _repeated;
    private TracedBody _traced = new("", default);
    private HashSet<string> _bound = new(StringComparer.Ordinal);
    private List<Step> _steps = [];

    internal Planner(FunctionNames functions, List<RegoError> errors)
    {
        _functions = functions;
        _outputs = new Outputs(functions);
        _errors = errors;
    }

    /// <summary>Plans a rule whose path is name.</summary>
    internal BodyPlan PlanRule(string name, Rule rule, Term[] key, BodyPlan? next)
    {
        _traced = new TracedBody(name, rule.Location);
        var head = rule.Head;
        _repeated = head.Arguments is not null;
        var arguments = head.Arguments?.Select(a => PatternOf(a, [])).ToArray() ?? [];
        var body = new BodyOrder(_outputs, _errors).Order(rule.Body, Copy());
        if (_functions.Options.Trace)
        {
            _steps.Add(new TraceEnterStep(_traced));
        }

        if (_functions.Options.Coverage)
        {
            // A rule that the index leaves out counts as not reached, so that its tests come before what is counted.
            _steps.AddRange(IndexedTests.Of(rule).Select(t => new MatchStep(PlanOf(t.Place), t.Value is null ? AnyPattern.Instance : new EqualPattern(new ConstantTerm(t.Value)))));
        }

        foreach (var expr in body)
        {
            Plan(expr);
        }

        _steps.Add(Yield(rule, key));
        return Finish(arguments, next);
    }

    /// <summary>Plans a query whose rows bind its variables, by the names of the source or by the unique ones; with these every expression must hold.</summary>
    internal (BodyPlan Plan, int Collector) PlanQuery(Expr[] query, bool unique = false)
    {
        var ordered = new BodyOrder(_outputs, _errors).Order(query, Copy());
        var values = new PlanTerm?[query.Length];
        foreach (var expr in ordered)
        {
            var index = Array.IndexOf(query, expr);
            if (!unique && expr is TermExpr { Negated: false, Withs.Length: 0, Term: not CallTerm { Target: VarTerm { Name: "eq" } } } term)
            {
                values[index] = Slot(ValueOf(term.Term));
            }
            else
            {
                Plan(expr);
            }
        }

        var collector = _collectors++;
        var bindings = _bound.Where(n => !n.StartsWith('$') && !n.StartsWith('%') && _slots.ContainsKey(n))
            .Select(n => new RowBinding(new RegoString(unique ? n : Scope.SourceName(n)), _slots[n])).OrderBy(b => b.Name.Text, StringComparer.Ordinal).ToArray();
        _steps.Add(new RowStep(bindings, values, query, collector));
        return (Finish([], null), collector);
    }

    /// <summary>Whether what is planned now may run several times in one evaluation.</summary>
    private bool Repeated => _repeated || _steps.Exists(static s => s is IterateStep or IterateDataStep or WalkStep);

    private HashSet<string> Copy() => new(_bound, StringComparer.Ordinal);

    private BodyPlan Finish(Pattern[] arguments, BodyPlan? next) => new()
    {
        Start = Link(_steps),
        Slots = _slots.Count + _temporaries,
        Collectors = _collectors,
        Arguments = arguments,
        Else = next,
        Guards = _functions.Options.Watched ? [] : PlanShape.Guards(arguments, _steps),
    };

    private Step Link(List<Step> steps)
    {
        PlanShape.Join(steps, _functions.Ids);
        PlanShape.FreeOrder(steps);
        for (var i = 0; i + 1 < steps.Count; i++)
        {
            steps[i].Follow(steps[i + 1]);
        }

        return steps[0];
    }

    private Step Yield(Rule rule, Term[] key)
    {
        var head = rule.Head;
        CheckHead(head, key);
        var path = key.Select(ValueOf).ToArray();
        var value = ValueOf(head.Element ?? head.Value!);
        Step step = head.Element is not null ? new PartialStep(path, value, null, head.Location)
            : key.Length > 0 ? new PartialStep(path, null, value, head.Location)
            : new ResultStep(value, value is ConstantTerm, head.Arguments is not null, head.Location);
        return _functions.Options.Trace ? new TraceYieldStep(_traced, step, value) : step;
    }

    private void CheckHead(RuleHead head, Term[] key) => CheckBound([.. key, head.Element, head.Value], null);

    /// <summary>What a head uses must be bound; the place of an error is that of the term, unless the expression around it is given.</summary>
    private void CheckBound(Term?[] terms, Location? place)
    {
        foreach (var term in terms)
        {
            var known = Copy();
            Outputs.References(term, known);
            var missing = new HashSet<string>(StringComparer.Ordinal);
            Variables.Open(term, missing);
            missing.ExceptWith(known);
            foreach (var name in missing.Order(StringComparer.Ordinal))
            {
                Unsafe(name, place ?? term!.Location);
            }
        }
    }

    private void Unsafe(string name, Location place)
    {
        _errors.Add(place.Error("rego_unsafe_var_error", $"var {Scope.SourceName(name)} is unsafe"));
        _bound.Add(name);
    }

    private int SlotOf(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
        {
            slot = _slots.Count + _temporaries;
            _slots.Add(name, slot);
        }

        return slot;
    }

    private int Temporary() => _slots.Count + _temporaries++;

    private SlotTerm Slot(PlanTerm value)
    {
        var slot = Temporary();
        _steps.Add(new AssignStep(value, slot));
        return new SlotTerm(slot);
    }

    /// <summary>Plans a body of its own inside this one; what it binds is forgotten after it.</summary>
    private Step Nested(Func<Step> plan)
    {
        var (steps, bound, repeated) = (_steps, _bound, _repeated);
        (_steps, _bound, _repeated) = ([], Copy(), Repeated);
        var last = plan();
        _steps.Add(last);
        var start = Link(_steps);
        (_steps, _bound, _repeated) = (steps, bound, repeated);
        return start;
    }

    private Step NestedBody(Expr[] body, Func<Step> last) => Nested(() =>
    {
        foreach (var expr in new BodyOrder(_outputs, _errors).Order(body, Copy()))
        {
            Plan(expr);
        }

        return last();
    });
}
