using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>The JSON null.</summary>
public sealed class RegoNull : RegoValue
{
    internal static readonly RegoNull Instance = new();

    private RegoNull()
        : base(RegoKind.Null)
    {
    }

    internal override void Print(StringBuilder text) => text.Append("null");

    private protected override int CompareSameKind(RegoValue other) => 0;

    private protected override bool EqualsSameKind(RegoValue other) => true;

    private protected override int ComputeHash() => 11;
}
