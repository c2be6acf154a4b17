using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Whether values of two types can be equal; unbound variables take the type of the other side.</summary>
internal static class TypeUnifier
{
    internal static bool Unify(RegoType? left, RegoType? right)
    {
        if (left is null || right is null)
        {
            return false;
        }

        if (left is AnyType || right is AnyType)
        {
            return (left is AnyType l && Holds(l, right)) || (right is AnyType r && Holds(r, left));
        }

        return (left, right) switch
        {
            (ArrayType l, ArrayType r) => Arrays(l, r),
            (ObjectType l, ObjectType r) => Objects(l, r),
            (SetType l, SetType r) => Unify(l.Element, r.Element),
            (FunctionType l, FunctionType r) => l.Arguments.Length == r.Arguments.Length && l.Arguments.Zip(r.Arguments).All(p => Unify(p.First, p.Second)),
            _ => left.Order == right.Order,
        };
    }

    /// <summary>Unifies two terms that may hold unbound variables.</summary>
    internal static bool Unify(TypeScope scope, Term left, Term right)
    {
        var (l, r) = (scope.Of(left), scope.Of(right));
        var (unknownLeft, unknownRight) = (RegoType.Unknown(l), RegoType.Unknown(r));
        if (unknownLeft != unknownRight)
        {
            return unknownLeft ? Match(scope, left, r, false) : Match(scope, right, l, false);
        }

        if (!unknownLeft)
        {
            return Unify(l, r);
        }

        return (left, right) switch
        {
            (ArrayTerm a, ArrayTerm b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(p => Unify(scope, p.First, p.Second)),
            (ObjectTerm a, ObjectTerm b) => Members(scope, a, b),
            (ArrayTerm or ObjectTerm, VarTerm) => Match(scope, left, RegoType.Any, false) && Match(scope, right, scope.Of(left), false),
            (VarTerm, ArrayTerm or ObjectTerm) => Match(scope, right, RegoType.Any, false) && Match(scope, left, scope.Of(right), false),
            (VarTerm, VarTerm) => Match(scope, left, RegoType.Any, false) && Match(scope, right, scope.Of(left), false),
            // A call or comprehension of unknown type was reported where it stands.
            _ => true,
        };
    }

    /// <summary>Matches a term with a type; with <paramref name="union"/> the types of variables add up.</summary>
    internal static bool Match(TypeScope scope, Term term, RegoType? type, bool union)
    {
        switch (term)
        {
            case VarTerm { Name: not ("data" or "input") } variable:
                return MatchVariable(scope, variable, type, union);
            case ArrayTerm array:
                return type is ArrayType items ? MatchItems(scope, array, items, union) : MatchAny(scope, term, array.Items, type);
            case ObjectTerm obj:
                return type is ObjectType members ? MatchMembers(scope, obj, members, union)
                    : MatchAny(scope, term, obj.Members.SelectMany(m => new[] { m.Key, m.Value }), type);
            case SetTerm set:
                return type is SetType of ? Array.TrueForAll(set.Items, i => Match(scope, i, of.Values, union)) : MatchAny(scope, term, set.Items, type);
            case CallTerm or ComprehensionTerm or RefTerm when RegoType.Unknown(scope.Of(term)):
                return true;
            default:
                return Unify(scope.Of(term), type);
        }
    }

    private static bool Holds(AnyType any, RegoType other) =>
        other is not FunctionType && (any.IsAll || any.Alternatives.Any(t => Unify(t, other)));

    private static bool Arrays(ArrayType left, ArrayType right)
    {
        for (var i = 0; i < Math.Max(left.Items.Length, right.Items.Length); i++)
        {
            if (!Unify(left.At(i), right.At(i)))
            {
                return false;
            }
        }

        return left.Rest is null || right.Rest is null || Unify(left.Rest, right.Rest);
    }

    private static bool Objects(ObjectType left, ObjectType right) =>
        left.Members.All(m => Unify(m.Value, right.Select(m.Key))) && right.Members.All(m => Unify(m.Value, left.Select(m.Key)))
        && (left.Others is not { Value: { } l } || right.Others is not { Value: { } r } || Unify(l, r));

    private static bool Members(TypeScope scope, ObjectTerm left, ObjectTerm right)
    {
        if (left.Members.Length != right.Members.Length)
        {
            return false;
        }

        foreach (var (key, value) in left.Members)
        {
            if (Array.Find(right.Members, m => Outputs.SameKey(m.Key, key)) is not { Value: { } other } || !Unify(scope, value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchVariable(TypeScope scope, VarTerm variable, RegoType? type, bool union)
    {
        var known = scope.Variable(variable.Name);
        if (!union && known is not null)
        {
            return Unify(known, type);
        }

        scope.Bind(variable.Name, union ? RegoType.Or(known, type) : type);
        return true;
    }

    /// <summary>Matches a composite term with a union; any type but a union holds no such term.</summary>
    private static bool MatchAny(TypeScope scope, Term term, IEnumerable<Term> parts, RegoType? type)
    {
        if (type is not AnyType any)
        {
            return false;
        }

        if (!any.IsAll)
        {
            // Each alternative that fits adds to the types of the variables.
            var fits = false;
            foreach (var alternative in any.Alternatives)
            {
                fits |= Match(scope, term, alternative, true);
            }

            return fits;
        }

        foreach (var part in parts)
        {
            Match(scope, part, RegoType.Any, true);
        }

        return true;
    }

    private static bool MatchItems(TypeScope scope, ArrayTerm array, ArrayType type, bool union)
    {
        if (array.Items.Length != type.Items.Length && type.Rest is null)
        {
            return false;
        }

        for (var i = 0; i < array.Items.Length; i++)
        {
            if (!Match(scope, array.Items[i], type.At(i), union))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchMembers(TypeScope scope, ObjectTerm obj, ObjectType type, bool union)
    {
        if (obj.Members.Length != type.Members.Count && type.Others?.Value is null)
        {
            return false;
        }

        foreach (var (key, value) in obj.Members)
        {
            if (TypeScope.Constant(key) is not { } constant)
            {
                Match(scope, value, RegoType.Any, union);
            }
            else if (type.Select(constant) is not { } member || !Match(scope, value, member, union))
            {
                return false;
            }
        }

        return true;
    }
}
