namespace Kfm.Gates.Rego.Syntax;

/// <summary>A part of a template string: literal text, or the tokens of an expression, ended by an end-of-file token.</summary>
internal sealed record TemplatePart(string? Text, List<Token> Tokens);
