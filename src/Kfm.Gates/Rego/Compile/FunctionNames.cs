using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>What the targets of calls are: builtins by name, functions of the policy by path.</summary>
internal sealed class FunctionNames(PolicyNode root, RegoOptions options, PlanIds ids)
{
    internal PolicyNode Root { get; } = root;

    internal RegoOptions Options { get; } = options;

    internal PlanIds Ids { get; } = ids;

    internal int? Arity(Term target)
    {
        if (target is VarTerm name)
        {
            return Options.ExtraBuiltins.TryGetValue(name.Name, out var extra) ? extra
                : Options.FindBuiltin(name.Name)?.Arity ?? BuiltinTable.Arity(name.Name);
        }

        return Function(target) is { } node ? node.Rules[0].Arity : null;
    }

    /// <summary>The node of a function of the policy; null when the target is none.</summary>
    internal PolicyNode? Function(Term target)
    {
        if (target is not RefTerm { Head: VarTerm { Name: "data" } } reference)
        {
            return null;
        }

        var node = Root;
        foreach (var step in reference.Path)
        {
            if (step is not ScalarTerm { Value: RegoString name } || !node.Children.TryGetValue(name.Text, out var child))
            {
                return null;
            }

            node = child;
        }

        return node.Rules.Count > 0 && node.Rules[0].Arity >= 0 ? node : null;
    }
}
