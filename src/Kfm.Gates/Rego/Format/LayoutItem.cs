using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Format;

/// <summary>A token or a comment with its text and lines.</summary>
/// <param name="Text">The text as it stands in the source.</param>
/// <param name="Row">The line on which it begins, from 1.</param>
/// <param name="LastRow">The line on which it ends.</param>
/// <param name="Start">The offset in the source.</param>
/// <param name="Token">The token; null for a comment.</param>
internal sealed record LayoutItem(string Text, int Row, int LastRow, int Start, Token? Token)
{
    internal bool IsComment => Token is null;

    internal bool Opens => Token is { Kind: TokenKind.Symbol, Text: "(" or "[" or "{" };

    internal bool Closes => Token is { Kind: TokenKind.Symbol, Text: ")" or "]" or "}" };

    /// <summary>Whether an operand must follow.</summary>
    internal bool IsOperator => Token is { Kind: TokenKind.Symbol, Text: ":=" or "=" or "==" or "!=" or "<" or "<=" or ">" or ">=" or "+" or "-" or "*" or "/" or "%" or "&" or "|" };

    internal bool Is(string symbol) => Token is { Kind: TokenKind.Symbol } && string.Equals(Text, symbol, StringComparison.Ordinal);

    internal bool IsWord(string word) => Token is { Kind: TokenKind.Identifier or TokenKind.Keyword } && string.Equals(Text, word, StringComparison.Ordinal);
}
