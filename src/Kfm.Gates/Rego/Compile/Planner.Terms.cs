using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Terms that must have a value.</summary>
internal sealed partial class Planner
{
    private PlanTerm ValueOf(Term term)
    {
        var value = PlanOf(term);
        return _functions.Options.Coverage && term is RefTerm or CallTerm or ComprehensionTerm ? new CoverTerm(value, term.Location) : value;
    }

    private PlanTerm PlanOf(Term term)
    {
        switch (term)
        {
            case ScalarTerm scalar:
                return new ConstantTerm(scalar.Value);
            case VarTerm variable:
                return VariableOf(variable);
            case RefTerm reference:
                return ReferenceOf(reference);
            case ArrayTerm array:
                return Fold(ValuesOf(array.Items), static items => new MakeArrayTerm(items));
            case SetTerm set:
                return Fold(ValuesOf(set.Items), static items => new MakeSetTerm(items));
            case ObjectTerm obj:
                return ObjectOf(obj);
            case CallTerm call:
                return CallOf(call);
            case ComprehensionTerm comprehension:
                return ComprehensionOf(comprehension);
            default:
                return TemplateOf((TemplateTerm)term);
        }
    }

    private PlanTerm[] ValuesOf(Term[] terms) => [.. terms.Select(ValueOf)];

    /// <summary>Operands in an order in which those come first that bind what others need, as in foo == xs[foo].</summary>
    private PlanTerm[] OperandsOf(Term[] terms)
    {
        if (Array.TrueForAll(terms, Ready))
        {
            return ValuesOf(terms);
        }

        var operands = new PlanTerm[terms.Length];
        for (var pending = Enumerable.Range(0, terms.Length).ToList(); pending.Count > 0;)
        {
            var next = pending.Exists(i => Ready(terms[i])) ? pending.Find(i => Ready(terms[i])) : pending[0];
            operands[next] = ValueOf(terms[next]);
            pending.Remove(next);
        }

        return operands;
    }

    private static PlanTerm Fold(PlanTerm[] items, Func<PlanTerm[], PlanTerm> make)
    {
        var term = make(items);
        return Array.TrueForAll(items, i => i is ConstantTerm) ? new ConstantTerm(term.Eval(null!)!) : term;
    }

    private PlanTerm VariableOf(VarTerm variable)
    {
        switch (variable.Name)
        {
            case "input":
                return new InputTerm([]);
            case "data":
                return new DataTerm([]);
        }

        if (!_bound.Contains(variable.Name))
        {
            Unsafe(variable.Name, variable.Location);
        }

        return new SlotTerm(SlotOf(variable.Name));
    }

    private PlanTerm ObjectOf(ObjectTerm obj)
    {
        var members = obj.Members.Select(m => (Key: ValueOf(m.Key), Value: ValueOf(m.Value))).ToArray();
        var term = new MakeObjectTerm(members, obj.Location);
        var constant = Array.TrueForAll(members, m => m is { Key: ConstantTerm, Value: ConstantTerm })
            && members.Select(m => ((ConstantTerm)m.Key).Value).Distinct().Count() == members.Length;
        return constant ? new ConstantTerm(term.Eval(null!)!) : term;
    }

    private GatherTerm ComprehensionOf(ComprehensionTerm comprehension)
    {
        var collector = _collectors++;
        var body = NestedBody(comprehension.Body, () =>
        {
            CheckBound([comprehension.Key, comprehension.Value], _place ?? comprehension.Location);
            var key = comprehension.Key is null ? null : ValueOf(comprehension.Key);
            return new YieldStep(comprehension.Kind, key, ValueOf(comprehension.Value), collector, comprehension.Location);
        });
        return new GatherTerm(comprehension.Kind, body, collector, comprehension.Location, Repeated ? _functions.Ids.Memo : null);
    }

    private TemplateStringTerm TemplateOf(TemplateTerm template) =>
        new([.. template.Parts.Select(p => (p.Text, p.Value is null ? null : TemplatePart(p.Value)))]);

    /// <summary>An expression of a template may be undefined, so what it iterates over stays inside of it.</summary>
    private OnlyTerm TemplatePart(Term term)
    {
        var collector = _collectors++;
        var place = term.Location;
        var body = Nested(() => new YieldStep(RegoKind.Set, null, ValueOf(term), collector, place));
        return new OnlyTerm(new GatherTerm(RegoKind.Set, body, collector, place, Repeated ? _functions.Ids.Memo : null), place);
    }

    private PlanTerm CallOf(CallTerm call)
    {
        var name = CallName(call.Target);
        var node = _functions.Function(call.Target);
        if (_functions.Arity(call.Target) != call.Arguments.Length)
        {
            _errors.Add(call.Location.Error("rego_type_error", $"{name}: arity mismatch"));
            return new ConstantTerm(RegoValue.False);
        }

        var arguments = OperandsOf(call.Arguments);
        if (name == "walk")
        {
            var pair = Temporary();
            _steps.Add(new WalkStep(arguments[0], new BindPattern(pair), call.Location));
            return new SlotTerm(pair);
        }

        if (node is not null)
        {
            return new FunctionCallTerm(name, () => (FunctionDocument)node.Document!, arguments, call.Location);
        }

        var builtin = new BuiltinCallTerm(name, BuiltinOf(name), arguments, call.Location);
        return CompareTerm.Named(name) is { } comparison ? new CompareTerm(comparison, arguments[0], arguments[1], name, builtin) : builtin;
    }

    private Builtin BuiltinOf(string name) => BuiltinTable.Find(name) ?? (_functions.Options.FindBuiltin(name) is { } custom ? (Builtin)custom.Invoke : null)
        ?? ((_, _) => throw new BuiltinException(RegoEvaluationException.Builtin, $"built-in function \"{name}\" is declared without an implementation", halts: true));
}
