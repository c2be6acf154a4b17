namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Sets of one type of elements.</summary>
internal sealed class SetType(RegoType? element) : RegoType
{
    internal RegoType? Element { get; } = element;

    internal override int Order => 6;

    internal override RegoType? Keys => Element;

    internal override RegoType? Values => Element;

    internal override bool IsUnknown => Unknown(Element);

    internal override RegoType? Select(RegoValue key)
    {
        var type = Of(key);
        return Compare(Element, type) == 0 ? Element : Element is AnyType any && any.Holds(type) ? type : null;
    }

    public override string ToString() => $"set[{Text(Element)}]";

    private protected override int CompareSame(RegoType other) => Compare(Element, ((SetType)other).Element);
}
