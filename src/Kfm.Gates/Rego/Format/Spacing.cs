using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Format;

/// <summary>Whether a space stands between two tokens of one line.</summary>
internal static class Spacing
{
    /// <param name="before">The token before the left one; null at the start of a line.</param>
    /// <param name="left">The left token.</param>
    /// <param name="right">The right token.</param>
    /// <param name="inBody">Whether the brace beside the space is that of a body.</param>
    internal static bool Between(LayoutItem? before, LayoutItem left, LayoutItem right, bool inBody)
    {
        if (right.IsComment)
        {
            return true;
        }

        if (right.Is(",") || right.Is(";") || right.Is(":") || right.Is(")") || right.Is("]") || left.Is("(") || left.Is("["))
        {
            return false;
        }

        if (left.Is("{") || right.Is("}"))
        {
            return inBody && !(left.Is("{") && right.Is("}"));
        }

        // A step or the arguments of a call touch what they belong to, and a sign its number: white space there has a meaning.
        if (right.Is(".") || left.Is(".") || right.Is("[") || right.Is("("))
        {
            return right.Token!.AfterSpace || NeedsSpace(left);
        }

        if (right.Token!.Kind == TokenKind.Number && right.Text.StartsWith('-') && EndsOperand(left))
        {
            return right.Token.AfterSpace;
        }

        return !(left.Is("-") && (before is null || !EndsOperand(before))) || right.Token.AfterSpace;
    }

    private static bool NeedsSpace(LayoutItem left) => left.IsOperator || left.Is(",") || left.Is(";") || left.Is(":");

    private static bool EndsOperand(LayoutItem item) => item.Closes || item.Token is { Kind: TokenKind.Identifier or TokenKind.Number or TokenKind.String or TokenKind.Template };
}
