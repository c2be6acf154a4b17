using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Checks that the steps of references can be there, and gives unbound variables in them the types of the keys.</summary>
internal sealed class ReferenceTypes(List<RegoError> errors)
{
    internal void Check(RefTerm reference, TypeScope scope)
    {
        if (scope.Of(reference) is FunctionType function)
        {
            Report(reference, Unsupported(reference, reference.Path.Length, function));
            return;
        }

        if (reference.Head is not VarTerm { Name: "data" or "input" } root)
        {
            if (reference.Head is VarTerm variable && scope.Variable(variable.Name) is null)
            {
                // An argument or a variable of a body around this one: nothing is known but that it has members.
                scope.Bind(variable.Name, RegoType.Any);
            }

            CheckSteps(reference, 0, scope.Of(reference.Head), scope);
            return;
        }

        for (var outer = scope; outer is not null; outer = outer.Parent)
        {
            if (outer.Tree.Child(RegoValue.Of(root.Name)) is { } node && CheckDocument(reference, node, scope))
            {
                return;
            }
        }

        CheckSteps(reference, 0, RegoType.Any, scope);
    }

    /// <summary>Follows the tree; false when it does not know the document.</summary>
    private bool CheckDocument(RefTerm reference, TypeTree node, TypeScope scope)
    {
        for (var i = 0; i < reference.Path.Length; i++)
        {
            if (node.Type is not null)
            {
                CheckSteps(reference, i, node.Type, scope);
                return true;
            }

            var step = reference.Path[i];
            if (i < 2 && step is not (VarTerm or ScalarTerm { Value: RegoString }))
            {
                if (step is ScalarTerm)
                {
                    Report(reference, Invalid(reference, i, scope.Of(step), RegoType.String, Keys(node)));
                }

                return true;
            }

            if (step is VarTerm variable)
            {
                CheckVariable(reference, i, variable, node.Extent()?.Keys, scope, Keys(node));

                // Which document it is shows only at run time.
                return true;
            }

            if (TypeScope.Constant(step) is not { } key || node.Child(key) is not { } child)
            {
                return false;
            }

            node = child;
        }

        return true;
    }

    private void CheckSteps(RefTerm reference, int index, RegoType? type, TypeScope scope)
    {
        for (var i = index; i < reference.Path.Length; i++)
        {
            if (type is null)
            {
                return;
            }

            if (type.Keys is not { } keys)
            {
                Report(reference, Unsupported(reference, i, type));
                return;
            }

            var step = reference.Path[i];
            if (step is ScalarTerm scalar)
            {
                if (type.Select(scalar.Value) is not { } member)
                {
                    Report(reference, Invalid(reference, i, null, keys, Keys(type)));
                    return;
                }

                type = member;
                continue;
            }

            if (!CheckStep(reference, i, step, type, keys, scope))
            {
                return;
            }

            type = type.Values;
        }
    }

    private bool CheckStep(RefTerm reference, int index, Term step, RegoType type, RegoType keys, TypeScope scope)
    {
        if (step is VarTerm { Name: not ("data" or "input") } variable)
        {
            return CheckVariable(reference, index, variable, keys, scope, Keys(type));
        }

        var composite = step is ArrayTerm or ObjectTerm or SetTerm;
        var fits = composite ? TypeUnifier.Match(scope, step, keys, false) : scope.Of(step) is not { } known || TypeUnifier.Unify(known, keys);
        if (!fits)
        {
            Report(reference, Invalid(reference, index, scope.Of(step), keys, composite ? [] : Keys(type)));
        }

        return fits;
    }

    private bool CheckVariable(RefTerm reference, int index, VarTerm variable, RegoType? keys, TypeScope scope, List<RegoValue> oneOf)
    {
        if (scope.Variable(variable.Name) is not { } known)
        {
            scope.Bind(variable.Name, keys);
            return true;
        }

        if (TypeUnifier.Unify(known, keys))
        {
            return true;
        }

        Report(reference, Invalid(reference, index, known, keys, oneOf));
        return false;
    }

    private void Report(RefTerm reference, string details) => errors.Add(
        reference.Head.Location.Error("rego_type_error", $"undefined ref: {ReferenceText.Of(reference)}") with { Details = details });

    private static string Unsupported(RefTerm reference, int index, RegoType have)
    {
        var text = ReferenceText.Of(reference);
        var marked = ReferenceText.Of(new RefTerm(reference.Location, reference.Head, reference.Path[..index]));
        return $"{text}\n{new string('^', marked.Length)}\nhave: {have}";
    }

    private static string Invalid(RefTerm reference, int index, RegoType? have, RegoType? want, List<RegoValue> oneOf)
    {
        var before = ReferenceText.Of(new RefTerm(reference.Location, reference.Head, reference.Path[..index]));
        var pad = new string(' ', before.Length + 1);
        var shown = have is null ? $"have: {ReferenceText.Step(reference.Path[index])}" : $"have (type): {have}";
        var wanted = oneOf.Count > 0 ? $"want (one of): [{string.Join(' ', oneOf)}]" : $"want (type): {RegoType.Text(want)}";
        return $"{ReferenceText.Of(reference)}\n{pad}^\n{pad}{shown}\n{pad}{wanted}";
    }

    private static List<RegoValue> Keys(TypeTree node)
    {
        var keys = node.Children.Keys.ToList();
        keys.Sort(RegoValue.Compare);
        return keys;
    }

    private static List<RegoValue> Keys(RegoType type)
    {
        var keys = new HashSet<RegoValue>();
        AddKeys(type, keys);
        var sorted = keys.ToList();
        sorted.Sort(RegoValue.Compare);
        return sorted;
    }

    private static void AddKeys(RegoType type, HashSet<RegoValue> keys)
    {
        if (type is ObjectType obj)
        {
            keys.UnionWith(obj.Members.Select(m => m.Key));
        }
        else if (type is AnyType any)
        {
            foreach (var alternative in any.Alternatives)
            {
                AddKeys(alternative, keys);
            }
        }
    }
}
