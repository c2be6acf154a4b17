namespace Kfm.Gates.Rego.Syntax;

internal enum TokenKind
{
    Eof,
    Illegal,
    Identifier,
    Keyword,
    String,
    Number,
    Template,
    Symbol,
}
