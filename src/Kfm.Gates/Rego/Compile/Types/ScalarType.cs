namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>null, boolean, number or string.</summary>
internal sealed class ScalarType(int order, string name) : RegoType
{
    internal override int Order => order;

    public override string ToString() => name;

    private protected override int CompareSame(RegoType other) => 0;
}
