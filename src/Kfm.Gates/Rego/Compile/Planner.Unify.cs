using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Unification: both sides are taken apart until one side of each pair has a value.</summary>
internal sealed partial class Planner
{
    private void PlanUnify(Term left, Term right)
    {
        var pairs = new List<(Term Left, Term Right)>();
        if (!Split(left, right, pairs))
        {
            _steps.Add(new FailStep());
            return;
        }

        while (pairs.Count > 0)
        {
            var next = pairs.FindIndex(p => Ready(p.Left) || Ready(p.Right));
            if (next < 0)
            {
                Unsafe(FirstUnbound(pairs[0].Left), pairs[0].Left.Location);
                continue;
            }

            var (l, r) = pairs[next];
            pairs.RemoveAt(next);
            var swap = !Ready(l) || (Ready(r) && l is not VarTerm && r is ScalarTerm);
            Match(ValueOf(swap ? r : l), swap ? l : r);
        }
    }

    private string FirstUnbound(Term term)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(term, names);
        names.ExceptWith(_bound);
        return names.Order(StringComparer.Ordinal).FirstOrDefault() ?? "_";
    }

    private void Match(PlanTerm value, Term pattern)
    {
        // A reference that iterates goes first, so that the value is compared once for each solution.
        if (pattern is not (VarTerm or ArrayTerm or ObjectTerm))
        {
            _steps.Add(new MatchStep(value, new EqualPattern(ValueOf(pattern))));
            return;
        }

        var deferred = new List<DeferredTerm>();
        var planned = PatternOf(pattern, deferred);
        _steps.Add(new MatchStep(value, planned));
        PlanDeferred(deferred);
    }

    /// <summary>References with unbound steps inside a pattern iterate after the match has bound what it can.</summary>
    private void PlanDeferred(List<DeferredTerm> deferred)
    {
        foreach (var (slot, term) in deferred)
        {
            _steps.Add(new MatchStep(new SlotTerm(slot), new EqualPattern(ValueOf(term))));
        }
    }

    private static bool Split(Term left, Term right, List<(Term Left, Term Right)> pairs)
    {
        switch (left, right)
        {
            case (ArrayTerm l, ArrayTerm r):
                return l.Items.Length == r.Items.Length && l.Items.Zip(r.Items).All(p => Split(p.First, p.Second, pairs));
            case (ObjectTerm l, ObjectTerm r) when l.Members.Concat(r.Members).All(m => m.Key is ScalarTerm)
                || (l.Members.Length == r.Members.Length && Array.TrueForAll(l.Members, m => Array.Exists(r.Members, o => Outputs.SameKey(o.Key, m.Key)))):
                return l.Members.Length == r.Members.Length && Array.TrueForAll(l.Members, m =>
                {
                    var other = Array.Find(r.Members, o => Outputs.SameKey(o.Key, m.Key));
                    return other.Value is not null && Split(m.Value, other.Value, pairs);
                });
            default:
                pairs.Add((left, right));
                return true;
        }
    }

    /// <summary>Whether the term has a value now, if need be by iterating over references.</summary>
    private bool Ready(Term term)
    {
        var known = Copy();
        Outputs.References(term, known);
        return Outputs.AllBound(term, known);
    }

    private Pattern PatternOf(Term term, List<DeferredTerm> deferred)
    {
        switch (term)
        {
            case VarTerm { IsWildcard: true } wildcard when !_bound.Contains(wildcard.Name):
                _bound.Add(wildcard.Name);
                return AnyPattern.Instance;
            case VarTerm variable when !_bound.Contains(variable.Name) && variable.Name is not ("input" or "data"):
                _bound.Add(variable.Name);
                return new BindPattern(SlotOf(variable.Name));
            case ArrayTerm array:
                return new ArrayPattern([.. array.Items.Select(i => PatternOf(i, deferred))]);
            case ObjectTerm obj:
                return new ObjectPattern([.. obj.Members.Select(m => (ValueOf(m.Key), PatternOf(m.Value, deferred)))]);
            case ScalarTerm scalar:
                return new EqualPattern(new ConstantTerm(scalar.Value));
            default:
                return Outputs.AllBound(term, _bound) ? new EqualPattern(ValueOf(term)) : Defer(term, deferred);
        }
    }

    private BindPattern Defer(Term term, List<DeferredTerm> deferred)
    {
        var slot = Temporary();
        deferred.Add(new DeferredTerm(slot, term));
        return new BindPattern(slot);
    }

    private sealed record DeferredTerm(int Slot, Term Term);
}
