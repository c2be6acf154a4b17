using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A string. Order is by code point, which is the order of the UTF-8 bytes.</summary>
public sealed class RegoString : RegoValue
{
    internal RegoString(string text)
        : base(RegoKind.String) => Text = text;

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Orders strings by code point: UTF-16 order is wrong where surrogates meet U+E000 to U+FFFF.</summary>
    internal static int CompareText(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        var (l, r) = (left[same], right[same]);
        return char.IsSurrogate(l) == char.IsSurrogate(r) ? l - r : char.IsSurrogate(l) ? 1 : -1;
    }

    internal override void Print(StringBuilder text) => GoQuote.Append(Text, text);

    private protected override int CompareSameKind(RegoValue other) => CompareText(Text, ((RegoString)other).Text);

    private protected override bool EqualsSameKind(RegoValue other) => string.Equals(Text, ((RegoString)other).Text, StringComparison.Ordinal);

    private protected override int ComputeHash() => StringComparer.Ordinal.GetHashCode(Text);
}
