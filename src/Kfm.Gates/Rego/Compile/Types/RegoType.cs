namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>
/// A static type. Where a type may be null it is not known yet: such a term matches everything, and nothing is reported about it.
/// </summary>
internal abstract class RegoType
{
    internal static readonly RegoType Null = new ScalarType(0, "null");
    internal static readonly RegoType Boolean = new ScalarType(1, "boolean");
    internal static readonly RegoType Number = new ScalarType(2, "number");
    internal static readonly RegoType String = new ScalarType(3, "string");
    internal static readonly AnyType Any = new([]);

    /// <summary>The place of the kind in the order of types.</summary>
    internal abstract int Order { get; }

    /// <summary>The types of the keys that a reference may use; null when the type has none.</summary>
    internal virtual RegoType? Keys => null;

    /// <summary>The types of the members; null when the type has none.</summary>
    internal virtual RegoType? Values => null;

    /// <summary>Whether a part of the type is not known.</summary>
    internal virtual bool IsUnknown => false;

    /// <summary>The type of the member with this key; null when there is none.</summary>
    internal virtual RegoType? Select(RegoValue key) => null;

    /// <summary>Compares with a type of the same order.</summary>
    private protected abstract int CompareSame(RegoType other);

    internal static int Compare(RegoType? left, RegoType? right)
    {
        var order = (left?.Order ?? -1).CompareTo(right?.Order ?? -1);
        return order != 0 || left is null || ReferenceEquals(left, right) ? order : left.CompareSame(right!);
    }

    internal static int Compare(IReadOnlyList<RegoType?> left, IReadOnlyList<RegoType?> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (Compare(left[i], right[i]) is var order and not 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>Whether the type holds all values of the other.</summary>
    internal static bool Contains(RegoType? type, RegoType? other) => type is AnyType any ? any.Holds(other) : Compare(type, other) == 0;

    /// <summary>The text of a type that may be unknown.</summary>
    internal static string Text(RegoType? type) => type?.ToString() ?? "???";

    internal static bool Unknown(RegoType? type) => type is null || type.IsUnknown;

    /// <summary>The union of two types; a type that is not known adds nothing.</summary>
    internal static RegoType? Or(RegoType? left, RegoType? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return (left, right) switch
        {
            (FunctionType l, FunctionType r) => l.Union(r),
            (FunctionType, _) or (_, FunctionType) => null,
            (AnyType any, _) => any.With(right),
            (_, AnyType any) => any.With(left),
            _ => Compare(left, right) == 0 ? left : new AnyType([left, right]),
        };
    }

    /// <summary>The type of a constant.</summary>
    internal static RegoType Of(RegoValue value) => value switch
    {
        RegoNull => Null,
        RegoBoolean => Boolean,
        RegoNumber => Number,
        RegoString => String,
        RegoArray array => new ArrayType([.. array.Items.Select(Of)], null),
        RegoSet set => new ArrayType([.. set.Elements.Select(Of)], null),
        _ => new ObjectType([.. ((RegoObject)value).Members.Select(m => KeyValuePair.Create(m.Key, (RegoType?)Of(m.Value)))], null),
    };
}
