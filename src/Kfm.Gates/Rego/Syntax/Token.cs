namespace Kfm.Gates.Rego.Syntax;

/// <summary>A token; the text is the identifier, keyword, symbol, number or the decoded string. The flags tell
/// whether white space and whether a line break stands before it.</summary>
internal sealed record Token(
    TokenKind Kind, string Text, Location Location, int Start, int End, bool AfterSpace, bool AfterNewLine, IReadOnlyList<TemplatePart>? Parts = null)
{
    internal bool IsSymbol(string text) => Kind == TokenKind.Symbol && string.Equals(Text, text, StringComparison.Ordinal);

    internal bool IsKeyword(string text) => Kind == TokenKind.Keyword && string.Equals(Text, text, StringComparison.Ordinal);
}
