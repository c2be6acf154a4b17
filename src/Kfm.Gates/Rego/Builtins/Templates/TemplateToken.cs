namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>What a piece of a template is.</summary>
internal enum TemplateTokenKind
{
    Text,
    Open,
    Close,
    Space,
    Word,
    Field,
    Variable,
    Dot,
    Quoted,
    Char,
    Number,
    Pipe,
    Declare,
    Assign,
    Comma,
    LeftParen,
    RightParen,
    End,
}

/// <summary>A piece of a template; <paramref name="At"/> is where it begins.</summary>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, string Text, int At)
{
    internal bool IsWord(string word) => Kind == TemplateTokenKind.Word && string.Equals(Text, word, StringComparison.Ordinal);

    /// <summary>The token as error messages name it.</summary>
    public override string ToString() => Kind switch
    {
        TemplateTokenKind.End => "EOF",
        TemplateTokenKind.Word when TemplateParser.Keywords.Contains(Text) => $"<{Text}>",
        _ => GoQuote.Quote(Text),
    };
}
