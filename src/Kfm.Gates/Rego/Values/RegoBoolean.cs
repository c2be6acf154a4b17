using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A boolean; there are two instances.</summary>
public sealed class RegoBoolean : RegoValue
{
    internal static readonly RegoBoolean TrueValue = new(value: true);
    internal static readonly RegoBoolean FalseValue = new(value: false);

    private RegoBoolean(bool value)
        : base(RegoKind.Boolean) => Value = value;

    /// <summary>The boolean.</summary>
    public bool Value { get; }

    internal override void Print(StringBuilder text) => text.Append(Value ? "true" : "false");

    private protected override int CompareSameKind(RegoValue other) => Value.CompareTo(((RegoBoolean)other).Value);

    private protected override bool EqualsSameKind(RegoValue other) => Value == ((RegoBoolean)other).Value;

    private protected override int ComputeHash() => Value ? 13 : 17;
}
