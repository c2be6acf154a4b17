namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Functions: arguments, further arguments (null for none) and result (null for none).</summary>
internal sealed class FunctionType(RegoType?[] arguments, RegoType? result, RegoType? further = null) : RegoType
{
    internal RegoType?[] Arguments { get; } = arguments;

    internal RegoType? Result { get; } = result;

    internal RegoType? Further { get; } = further;

    internal override int Order => 8;

    internal override bool IsUnknown => Array.Exists(Arguments, Unknown) || Unknown(Result);

    /// <summary>The type of an operand; the one behind the arguments is the result.</summary>
    internal RegoType? Operand(int index) => index < Arguments.Length ? Arguments[index] : index == Arguments.Length && Result is not null ? Result : Further;

    /// <summary>The union with a function of the same arity; null when the arities differ.</summary>
    internal FunctionType? Union(FunctionType other) => Arguments.Length == other.Arguments.Length && (Further is null) == (other.Further is null)
        ? new FunctionType([.. Arguments.Zip(other.Arguments, Or)], Or(Result, other.Result), Or(Further, other.Further))
        : null;

    /// <summary>What a call needs, for the details of errors: the arguments and the result.</summary>
    internal string Wanted()
    {
        var operands = Arguments.Select(Text);
        operands = Result is null ? operands : operands.Append(Text(Result));
        return $"({string.Join(", ", Further is null ? operands : operands.Append(Text(Further) + "..."))})";
    }

    public override string ToString() => $"({string.Join(", ", Arguments.Select(Text))}) => {Text(Result)}";

    private protected override int CompareSame(RegoType other)
    {
        var right = (FunctionType)other;
        var order = Arguments.Length.CompareTo(right.Arguments.Length);
        order = order != 0 ? order : Compare(Arguments, right.Arguments);
        order = order != 0 ? order : Compare(Result, right.Result);
        return order != 0 ? order : Compare(Further, right.Further);
    }
}
