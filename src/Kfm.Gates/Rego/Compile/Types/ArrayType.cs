namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Arrays: the types of the first items, and the type of all that follow them (null for none).</summary>
internal sealed class ArrayType(RegoType?[] items, RegoType? rest) : RegoType
{
    internal RegoType?[] Items { get; } = items;

    internal RegoType? Rest { get; } = rest;

    internal override int Order => 4;

    internal override RegoType? Keys => Number;

    internal override RegoType? Values => Or(Items.Aggregate((RegoType?)null, Or), Rest);

    internal override bool IsUnknown => Array.Exists(Items, Unknown) || Rest is { IsUnknown: true };

    internal RegoType? At(long index) => index >= 0 && index < Items.Length ? Items[index] : index >= 0 ? Rest : null;

    internal override RegoType? Select(RegoValue key) => key is RegoNumber number && number.TryGetInt64(out var index) ? At(index) : null;

    public override string ToString()
    {
        var first = Items.Length == 0 ? "" : $"<{string.Join(", ", Items.Select(Text))}>";
        return "array" + first + (Rest is null ? "" : $"[{Rest}]");
    }

    private protected override int CompareSame(RegoType other)
    {
        var right = (ArrayType)other;
        if ((Rest is null) != (right.Rest is null))
        {
            return Rest is null ? -1 : 1;
        }

        return Compare(Rest, right.Rest) is var order and not 0 ? order : Compare(Items, right.Items);
    }
}
