using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>A node of the tree below data: a package, a rule, or a step of a rule's reference.</summary>
internal sealed class PolicyNode(string name, PolicyNode? parent)
{
    internal string Name { get; } = name;

    internal PolicyNode? Parent { get; } = parent;

    internal string Path { get; } = parent is null ? name : parent.Path + "." + name;

    internal Dictionary<string, PolicyNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>The rules that begin here, in the order of the modules.</summary>
    internal List<SourceRule> Rules { get; } = [];

    /// <summary>The modules whose package this is.</summary>
    internal List<Module> Packages { get; } = [];

    internal Module? PackageOf => Packages.Count > 0 ? Packages[0] : null;

    /// <summary>Of the root: the places that plans have taken in the tables of an evaluation.</summary>
    internal PlanIds Ids { get; } = parent?.Ids ?? new PlanIds();

    /// <summary>The plan of the rules; null for packages and inner steps.</summary>
    internal Document? Document { get; set; }

    internal bool IsTest => Rules.Count > 0 && Rules[0].Arity < 0 && Parent?.PackageOf is not null
        && (Name.StartsWith("test_", StringComparison.Ordinal) || Name.StartsWith("todo_test_", StringComparison.Ordinal));

    internal PolicyNode Child(string name)
    {
        if (!Children.TryGetValue(name, out var child))
        {
            child = new PolicyNode(name, this);
            Children.Add(name, child);
        }

        return child;
    }

    internal IEnumerable<PolicyNode> Descendants() =>
        Children.Values.OrderBy(c => c.Name, StringComparer.Ordinal).SelectMany(c => c.Descendants().Prepend(c));
}

/// <summary>A rule with its module, as it was read and (once names are resolved) as it is compiled. The key is what follows the ground part of its reference.</summary>
internal sealed record SourceRule(Module Module, Rule Rule, Term[] Key)
{
    internal Rule Source { get; } = Rule;

    internal int Arity => Rule.Head.Arguments?.Length ?? -1;

    internal bool IsPartial => Rule.Head.Element is not null || Key.Length > 0;
}
