using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Builds the tree of packages and rules, and checks it for conflicts.</summary>
internal static class PolicyTree
{
    internal static PolicyNode Build(IReadOnlyList<Module> modules)
    {
        var root = new PolicyNode("data", null);
        foreach (var module in modules)
        {
            var package = Find(root, module.Package);
            package.Packages.Add(module);
            foreach (var rule in module.Rules)
            {
                Add(package.Child(rule.Head.Name), module, rule);
            }
        }

        return root;
    }

    internal static PolicyNode Find(PolicyNode root, IEnumerable<string> path) => path.Aggregate(root, static (node, step) => node.Child(step));

    internal static void Check(PolicyNode root, List<RegoError> errors)
    {
        foreach (var node in root.Descendants().Where(n => n.Rules.Count > 0))
        {
            CheckRules(node, errors);
            CheckPackages(node, errors);
        }
    }

    private static void Add(PolicyNode node, Module module, Rule rule)
    {
        var path = rule.Head.Path;
        var ground = 0;
        while (ground < path.Length && path[ground] is ScalarTerm { Value: RegoString step })
        {
            node = node.Child(step.Text);
            ground++;
        }

        node.Rules.Add(new SourceRule(module, rule, path[ground..]));
    }

    private static bool SameKind(SourceRule left, SourceRule right) => left.Arity == right.Arity
        && (left.Rule.Head.Element is null) == (right.Rule.Head.Element is null)
        && (left.Key.Length == 0 && left.Rule.Head.Element is null) == (right.Key.Length == 0 && right.Rule.Head.Element is null);

    /// <summary>A document has rules of one kind and arity; below a complete document there are no others.</summary>
    private static void CheckRules(PolicyNode node, List<RegoError> errors)
    {
        var first = node.Rules[0];
        var below = node.Rules.Exists(r => r.Key.Length == 0) ? Below(node) : [];
        if (below.Count > 0)
        {
            errors.Add(first.Rule.Location.Error("rego_type_error", $"rule {Name(node)} conflicts with [{string.Join(' ', below)}]"));
        }
        else if (!node.Rules.TrueForAll(r => SameKind(r, first)))
        {
            errors.Add(first.Rule.Location.Error("rego_type_error", $"conflicting rules {Name(node)} found"));
        }
        else
        {
            CheckDefaults(node, errors);
        }
    }

    /// <summary>The shortest references of the rules below a node.</summary>
    private static List<string> Below(PolicyNode node) => [.. node.Children.Values.SelectMany(Highest).Select(Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<PolicyNode> Highest(PolicyNode node) => node.Rules.Count > 0 ? [node] : node.Children.Values.SelectMany(Highest);

    private static string Name(PolicyNode node)
    {
        var path = node.Rules[^1].Key;
        var steps = new Stack<Term>();
        var next = node;
        for (; next.Parent is not null; next = next.Parent)
        {
            steps.Push(new ScalarTerm(default, new RegoString(next.Name)));
        }

        return ReferenceText.Of(new RefTerm(default, new VarTerm(default, next.Name), [.. steps, .. path]));
    }

    private static void CheckDefaults(PolicyNode node, List<RegoError> errors)
    {
        var defaults = node.Rules.Where(r => r.Rule.IsDefault).ToList();
        if (defaults.Count > 1)
        {
            var places = string.Join(", ", defaults.Select(r => $"{r.Rule.Location.File}:{r.Rule.Location.Row}"));
            errors.Add(defaults[0].Module.PackageLocation.Error("rego_type_error", $"multiple default rules {Name(node)} found at {places}"));
        }
    }

    private static void CheckPackages(PolicyNode node, List<RegoError> errors)
    {
        foreach (var rule in node.Rules.Where(r => r.Key.Length == 0))
        {
            foreach (var module in node.Packages)
            {
                var (place, name) = (rule.Rule.Location, Name(node));
                var head = ReferenceText.Of(new RefTerm(default, new VarTerm(default, rule.Rule.Head.Name), rule.Rule.Head.Path));
                errors.Add(rule.Module.PackageLocation.Error(
                    "rego_type_error", $"package {name["data.".Length..]} conflicts with rule {head} defined at {place.File}:{place.Row}"));
            }
        }
    }
}
