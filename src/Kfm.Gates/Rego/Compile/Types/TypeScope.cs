using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>The types of the variables of a rule or closure, and of the documents that its annotations describe.</summary>
internal sealed class TypeScope(TypeScope? parent, TypeTree tree, Dictionary<Term, RegoType?> results)
{
    private readonly Dictionary<string, RegoType?> _variables = new(StringComparer.Ordinal);

    internal TypeScope? Parent { get; } = parent;

    internal TypeTree Tree { get; } = tree;

    internal TypeScope Inner() => new(this, new TypeTree(), results);

    internal RegoType? Variable(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables.TryGetValue(name, out var type))
            {
                return type;
            }
        }

        return null;
    }

    internal void Bind(string name, RegoType? type) => _variables[name] = type;

    /// <summary>The type of a call or comprehension, when it was checked.</summary>
    internal void Record(Term term, RegoType? type) => results[term] = type;

    internal RegoType? Of(Term term) => term switch
    {
        ScalarTerm scalar => RegoType.Of(scalar.Value),
        VarTerm { Name: "data" or "input" } root => Document([RegoValue.Of(root.Name)]),
        VarTerm variable => Variable(variable.Name),
        RefTerm reference => Of(reference),
        ArrayTerm array => new ArrayType([.. array.Items.Select(Of)], array.Items.Length == 0 ? RegoType.Any : null),
        SetTerm set => new SetType(set.Items.Length == 0 ? RegoType.Any : set.Items.Select(Of).Aggregate((RegoType?)null, RegoType.Or)),
        ObjectTerm obj => Of(obj),
        TemplateTerm => RegoType.String,
        _ => results.GetValueOrDefault(term),
    };

    /// <summary>The constant that a term is; null when it has variables, references, calls or comprehensions.</summary>
    internal static RegoValue? Constant(Term term) => term switch
    {
        ScalarTerm scalar => scalar.Value,
        ArrayTerm array when Constants(array.Items) is { } items => RegoArray.Create(items),
        SetTerm set when Constants(set.Items) is { } items => RegoArray.Create(RegoSet.Create(items).Elements),
        ObjectTerm obj when Constants(obj.Members.Select(m => m.Key)) is { } keys && Constants(obj.Members.Select(m => m.Value)) is { } values =>
            RegoObject.Create(keys.Zip(values, KeyValuePair.Create)),
        _ => null,
    };

    private static List<RegoValue>? Constants(IEnumerable<Term> terms)
    {
        var values = new List<RegoValue>();
        foreach (var term in terms)
        {
            if (Constant(term) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private ObjectType Of(ObjectTerm obj)
    {
        var members = new List<KeyValuePair<RegoValue, RegoType?>>();
        (RegoType? Key, RegoType? Value)? others = obj.Members.Length == 0 ? (RegoType.Any, RegoType.Any) : null;
        foreach (var (key, value) in obj.Members)
        {
            if (Constant(key) is { } constant)
            {
                members.Add(new(constant, Of(value)));
            }
            else
            {
                others = (Of(key), Of(value));
            }
        }

        return new ObjectType(members, others);
    }

    private RegoType? Of(RefTerm reference)
    {
        if (reference.Head is not VarTerm { Name: "data" or "input" } root)
        {
            return Select(Of(reference.Head), reference.Path);
        }

        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Tree.Child(RegoValue.Of(root.Name)) is { } node && Find(node, reference.Path, out var type))
            {
                return type;
            }
        }

        return RegoType.Any;
    }

    /// <summary>The type of a document by constant steps; any when nothing is known of it.</summary>
    internal RegoType? Document(RegoValue[] path) =>
        Of(new RefTerm(default, new VarTerm(default, ((RegoString)path[0]).Text), [.. path.Skip(1).Select(s => new ScalarTerm(default, s))]));

    private static bool Find(TypeTree node, ReadOnlySpan<Term> steps, out RegoType? type)
    {
        while (!steps.IsEmpty)
        {
            var child = Constant(steps[0]) is { } key ? node.Child(key) : null;
            if (node.Type is not null && child is null)
            {
                type = Select(node.Type, steps);
                return true;
            }

            if (Constant(steps[0]) is null)
            {
                type = Select(node.Extent(), steps);
                return true;
            }

            if (child is null)
            {
                type = null;
                return false;
            }

            node = child;
            steps = steps[1..];
        }

        type = node.Extent();
        return true;
    }

    private static RegoType? Select(RegoType? type, ReadOnlySpan<Term> steps)
    {
        foreach (var step in steps)
        {
            type = step is ScalarTerm scalar ? type?.Select(scalar.Value) : type?.Values;
        }

        return type;
    }
}
