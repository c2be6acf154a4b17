using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Names in terms, targets of calls and of with.</summary>
internal sealed partial class Resolver
{
    private Term Term(Term term, Scope scope) => term switch
    {
        VarTerm variable => Variable(variable, scope),
        RefTerm reference => Reference(reference, scope),
        ArrayTerm array => new ArrayTerm(array.Location, Terms(array.Items, scope)),
        SetTerm set => new SetTerm(set.Location, Terms(set.Items, scope)),
        ObjectTerm obj => new ObjectTerm(obj.Location, [.. obj.Members.Select(m => (Term(m.Key, scope), Term(m.Value, scope)))]),
        CallTerm call => Call(call, scope),
        ComprehensionTerm comprehension => Comprehension(comprehension, scope),
        TemplateTerm template => new TemplateTerm(
            template.Location, [.. template.Parts.Select(p => (p.Text, p.Value is null ? null : Term(p.Value, scope)))]),
        _ => term,
    };

    private Term Call(CallTerm call, Scope scope)
    {
        var target = Target(call.Target, scope);
        if (call.Arguments.Length == 0 && target is VarTerm { Name: "rego.metadata.chain" or "rego.metadata.rule" } metadata && _rule is not null && Annotations is not null)
        {
            // Annotations do not change: the call is the constant that it gives.
            return new ScalarTerm(call.Location, metadata.Name == "rego.metadata.rule" ? Annotations.OfRule(_rule) : Annotations.Chain(module, _rule));
        }

        return new CallTerm(call.Location, target, Terms(call.Arguments, scope));
    }

    private Term[] Terms(Term[] terms, Scope scope) => [.. terms.Select(t => Term(t, scope))];

    private ComprehensionTerm Comprehension(ComprehensionTerm comprehension, Scope outer)
    {
        var scope = new Scope(outer);
        var body = Body(comprehension.Body, scope);
        var key = comprehension.Key is null ? null : Term(comprehension.Key, scope);
        var value = Term(comprehension.Value, scope);
        CheckUnused(scope);
        return new ComprehensionTerm(comprehension.Location, comprehension.Kind, key, value, body);
    }

    private Term Variable(VarTerm variable, Scope scope)
    {
        if (variable.IsWildcard)
        {
            return variable;
        }

        if (scope.Find(variable.Name) is { } unique)
        {
            return new VarTerm(variable.Location, unique);
        }

        if (Global(variable) is { } global)
        {
            return global;
        }

        scope.See(variable.Name);
        return variable;
    }

    private RefTerm Reference(RefTerm reference, Scope scope)
    {
        var head = reference.Head is CallTerm or ComprehensionTerm ? Term(reference.Head, scope)
            : reference.Head is VarTerm variable ? Variable(variable, scope) : Term(reference.Head, scope);
        var path = Terms(reference.Path, scope);
        return head is RefTerm inner && reference.Head is VarTerm
            ? new RefTerm(reference.Location, inner.Head, [.. inner.Path, .. path])
            : new RefTerm(reference.Location, head, path);
    }

    /// <summary>A rule of the package or an import, as a reference; null for plain variables.</summary>
    private Term? Global(VarTerm variable)
    {
        var place = variable.Location;
        if (variable.Name is "input" or "data")
        {
            return variable;
        }

        if (package.Children.TryGetValue(variable.Name, out var node) && HasRules(node))
        {
            return Path(place, "data", [.. _packagePath, variable.Name]);
        }

        if (_imports.TryGetValue(variable.Name, out var import))
        {
            _usedImports.Add(import);
            return Path(place, import.Root, import.Path);
        }

        return null;
    }

    private static bool HasRules(PolicyNode node) =>
        node.Rules.Count > 0 || (node.PackageOf is null && node.Children.Values.Any(HasRules));

    private static Term Path(Location place, string root, string[] path) => path.Length == 0
        ? new VarTerm(place, root)
        : new RefTerm(place, new VarTerm(place, root), [.. path.Select(s => new ScalarTerm(place, new RegoString(s)))]);

    /// <summary>The target of a call: a reference below data for rules, a variable with the dotted name for builtins.</summary>
    private Term Target(Term target, Scope scope)
    {
        var (head, path) = target is RefTerm reference ? (reference.Head, reference.Path) : (target, []);
        if (head is not VarTerm name || scope.Find(name.Name) is not null)
        {
            return target;
        }

        if (Global(name) is { } global)
        {
            return global is RefTerm inner
                ? new RefTerm(target.Location, inner.Head, [.. inner.Path, .. Terms(path, scope)])
                : path.Length == 0 ? global : new RefTerm(target.Location, global, Terms(path, scope));
        }

        return DottedName(head, path) is { } dotted ? new VarTerm(target.Location, dotted) : target;
    }

    private static string? DottedName(Term head, Term[] path)
    {
        var names = path.Select(p => p is ScalarTerm { Value: RegoString s } ? s.Text : null).ToList();
        return names.Contains(null) || head is not VarTerm root ? null : string.Join('.', names.Prepend(root.Name));
    }

    private WithModifier With(WithModifier with, Scope scope)
    {
        var target = Target(with.Target, scope);
        var isFunction = with.Value is VarTerm or RefTerm && IsFunction(Target(with.Value, scope)) && IsFunction(target);
        var value = isFunction ? Target(with.Value, scope) : Term(with.Value, scope);
        return new WithModifier(with.Location, target, value) { IsFunction = isFunction };
    }

    private bool IsFunction(Term target)
    {
        if (target is VarTerm name)
        {
            return Builtins.BuiltinTable.Arity(name.Name) is not null || options.FindBuiltin(name.Name) is not null || options.ExtraBuiltins.ContainsKey(name.Name);
        }

        var node = target is RefTerm { Head: VarTerm { Name: "data" } } reference ? Find(reference.Path) : null;
        return node is { Rules.Count: > 0 } && node.Rules[0].Arity >= 0;
    }

    private PolicyNode? Find(Term[] path)
    {
        var node = package;
        while (node.Parent is not null)
        {
            node = node.Parent;
        }

        foreach (var step in path)
        {
            if (step is not ScalarTerm { Value: RegoString name } || !node.Children.TryGetValue(name.Text, out var child))
            {
                return null;
            }

            node = child;
        }

        return node;
    }
}
