using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>References: bound steps are looked up in place, unbound ones iterate before the expression.</summary>
internal sealed partial class Planner
{
    private PlanTerm ReferenceOf(RefTerm reference)
    {
        if (reference.Head is VarTerm { Name: "data" })
        {
            return DataOf(reference);
        }

        return StepsOf(ValueOf(reference.Head), reference.Path, reference.Location);
    }

    private PlanTerm StepsOf(PlanTerm value, ReadOnlySpan<Term> path, Location place, bool inBase = false)
    {
        foreach (var step in path)
        {
            if (IsBound(step))
            {
                var key = ValueOf(step);
                value = inBase ? new BaseMemberTerm(value, key) : MemberTerm.Of(value, key);
                continue;
            }

            var deferred = new List<DeferredTerm>();
            var found = Temporary();
            var pattern = PatternOf(step, deferred);
            _steps.Add(new IterateStep(value, pattern, new BindPattern(found), place));
            PlanDeferred(deferred);
            value = new SlotTerm(found);
        }

        return value;
    }

    /// <summary>Whether a step is a plain lookup: references in it that iterate are lifted by planning its value.</summary>
    private bool IsBound(Term step) => step is not (VarTerm or ArrayTerm or ObjectTerm) || Outputs.AllBound(step, _bound);

    private PlanTerm DataOf(RefTerm reference)
    {
        // Names lead to a document or off the tree of rules; what depends on values is found when it runs.
        var known = _functions.Root;
        for (var i = 0; i < reference.Path.Length && reference.Path[i] is ScalarTerm { Value: RegoString name }; i++)
        {
            var path = reference.Path[..(i + 1)].Select(s => ((ScalarTerm)s).Value).ToArray();
            if (!known.Children.TryGetValue(name.Text, out var child))
            {
                return StepsOf(new BaseTerm(path), reference.Path.AsSpan(i + 1), reference.Location, inBase: true);
            }

            known = child;
            if (known.Rules.Count > 0)
            {
                if (known.Children.Count == 0)
                {
                    return StepsOf(new DocumentTerm(known, path), reference.Path.AsSpan(i + 1), reference.Location);
                }

                break;
            }
        }

        return DynamicDataOf(reference);
    }

    private PlanTerm DynamicDataOf(RefTerm reference)
    {
        var keys = new List<PlanTerm>();
        var node = _functions.Root;
        var inRules = false;
        for (var i = 0; i < reference.Path.Length; i++)
        {
            var step = reference.Path[i];
            if (IsBound(step))
            {
                keys.Add(ValueOf(step));
                node = step is ScalarTerm { Value: RegoString name } ? node?.Children.GetValueOrDefault(name.Text) : null;
                inRules |= node is { Rules.Count: > 0 };

                // Below rules that other rules extend, a known key may lead to one of these alone.
                var below = node is { Children.Count: > 0 } && i + 1 < reference.Path.Length && IsBound(reference.Path[i + 1]);
                if (inRules && !below)
                {
                    return StepsOf(new DataTerm([.. keys]), reference.Path.AsSpan(i + 1), reference.Location);
                }

                continue;
            }

            var deferred = new List<DeferredTerm>();
            var found = Temporary();
            var pattern = PatternOf(step, deferred);
            _steps.Add(new IterateDataStep([.. keys], pattern, found, reference.Location));
            PlanDeferred(deferred);
            keys.Add(new SlotTerm(found));
            node = null;
        }

        return new DataTerm([.. keys]);
    }
}
