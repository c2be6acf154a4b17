using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Plans the rules of every node of the tree.</summary>
internal sealed class DocumentPlans(FunctionNames functions, List<RegoError> errors)
{
    internal void PlanAll(PolicyNode root)
    {
        foreach (var node in root.Descendants().Where(n => n.Rules.Count > 0).ToList())
        {
            var first = node.Rules[0];
            node.Document = first.Arity >= 0 ? Function(node, first)
                : node.Rules.Exists(r => r.IsPartial) ? Partial(node, first) : Complete(node, first);
        }
    }

    private CompleteDocument Complete(PolicyNode node, SourceRule first)
    {
        var document = new CompleteDocument(node.Ids.Document(), first.Rule.Location);
        var bodies = new List<BodyPlan>();
        foreach (var rule in Ordered(node))
        {
            var plan = Plan(node.Path, rule.Rule, rule.Key);
            if (rule.Rule.IsDefault)
            {
                document.Default = plan;
            }
            else
            {
                bodies.Add(plan);
            }
        }

        document.SetBodies(bodies);
        document.FirstDecides = FirstDecides(node);
        return document;
    }

    private FunctionDocument Function(PolicyNode node, SourceRule first)
    {
        var document = new FunctionDocument(node.Ids.Document(), first.Rule.Location);
        var bodies = new List<BodyPlan>();
        foreach (var rule in Ordered(node))
        {
            var plan = Plan(node.Path, rule.Rule, []);
            if (rule.Rule.IsDefault)
            {
                document.Default = plan;
            }
            else
            {
                bodies.Add(plan);
            }
        }

        document.SetBodies(bodies);
        document.FirstDecides = FirstDecides(node);
        return document;
    }

    private bool FirstDecides(PolicyNode node)
    {
        if (functions.Options.Trace || (functions.Options.Coverage && node.IsTest))
        {
            // A trace shows every body that would be reached; each rule with the name of a test is a test of its own.
            return false;
        }

        var values = node.Rules.Where(r => !r.Rule.IsDefault).Select(r => r.Rule.Else is null ? (r.Rule.Head.Value as ScalarTerm)?.Value : null).ToList();
        return values.Count > 0 && values[0] is not null && values.TrueForAll(v => values[0]!.Equals(v));
    }

    /// <summary>Coverage shows which body decided, so that they are tried as in OPA: those first that its index does not know.</summary>
    private IEnumerable<SourceRule> Ordered(PolicyNode node) =>
        functions.Options.Coverage ? node.Rules.OrderBy(r => IndexedTests.Of(r.Rule).Any()) : node.Rules;

    private PartialDocument Partial(PolicyNode node, SourceRule first)
    {
        var isSet = first.Key.Length == 0 && first.Rule.Head.Element is not null;
        var document = new PartialDocument(node.Ids.Document(), node.Ids.Document(), first.Rule.Location, isSet);
        document.Children.AddRange(node.Children.Values);
        document.SetBodies([.. node.Rules.Select(r => Plan(node.Path, r.Rule, r.Key))]);
        return document;
    }

    private BodyPlan Plan(string name, Rule rule, Term[] key)
    {
        var next = rule.Else is null ? null : Plan(name, rule.Else, key);
        return new Planner(functions, errors).PlanRule(name, rule, key, next);
    }
}
