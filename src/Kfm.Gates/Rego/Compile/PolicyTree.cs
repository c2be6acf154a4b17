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
            package.PackageOf ??= module;
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
            CheckKinds(node, errors);
            CheckDefaults(node, errors);
            CheckBelow(node, errors);
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

    private static void CheckKinds(PolicyNode node, List<RegoError> errors)
    {
        var first = node.Rules[0];
        var same = node.Rules.TrueForAll(r => r.Arity == first.Arity
            && (r.IsPartial == first.IsPartial)
            && ((r.Rule.Head.Element is not null && r.Key.Length == 0) == (first.Rule.Head.Element is not null && first.Key.Length == 0)));
        if (!same)
        {
            errors.Add(first.Rule.Location.Error("rego_type_error", $"conflicting rules {node.Path} found"));
        }
    }

    private static void CheckDefaults(PolicyNode node, List<RegoError> errors)
    {
        var defaults = node.Rules.Where(r => r.Rule.IsDefault).Select(r => r.Rule.Location).ToList();
        if (defaults.Count > 1)
        {
            var places = string.Join(", ", defaults.Select(l => $"{l.File}:{l.Row}"));
            var package = node.Rules[0].Module.PackageLocation;
            errors.Add(package.Error("rego_type_error", $"multiple default rules {node.Path} found at {places}"));
        }
    }

    private static void CheckBelow(PolicyNode node, List<RegoError> errors)
    {
        var first = node.Rules[0];
        var below = node.Descendants().Where(n => n.Rules.Count > 0 && n.Rules.Exists(r => r.Arity < 0)).Select(n => n.Path).ToList();
        if (below.Count > 0 && !first.IsPartial)
        {
            errors.Add(first.Rule.Location.Error("rego_type_error", $"rule {node.Path} conflicts with [{string.Join(' ', below)}]"));
        }

        foreach (var package in node.Descendants().Prepend(node).Where(n => n.PackageOf is not null))
        {
            var place = first.Rule.Location;
            errors.Add(first.Module.PackageLocation.Error(
                "rego_type_error", $"package {package.Path["data.".Length..]} conflicts with rule {node.Name} defined at {place.File}:{place.Row}"));
        }
    }
}
