using System.Text;

namespace Kfm.Gates.Rego.Syntax;

/// <summary>Strings, raw strings and template strings.</summary>
internal sealed partial class Lexer
{
    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) ScanString(Location place)
    {
        var start = ++_at;
        while (_at < _source.Length && _source[_at] is not ('"' or '\n'))
        {
            _at += _source[_at] == '\\' && _at + 1 < _source.Length && _source[_at + 1] != '\n' ? 2 : 1;
        }

        if (_at >= _source.Length || _source[_at] != '"')
        {
            return Illegal(place, "non-terminated string", 0);
        }

        var raw = _source[start.._at++];
        return JsonString.Unescape(raw) is { } text && !HasControl(raw)
            ? (TokenKind.String, text, null)
            : Illegal(place, "illegal escape sequence", 0);
    }

    private static bool HasControl(string raw) => raw.AsSpan().ContainsAnyInRange('\0', '\u001F') && raw.AsSpan().ContainsAnyInRange('\0', '\u0008');

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) ScanRaw(Location place)
    {
        var start = _at + 1;
        var end = _source.IndexOf('`', start);
        if (end < 0)
        {
            return Illegal(place, "non-terminated string", _source.Length);
        }

        for (_at = start; _at < end;)
        {
            NewLineAfter(_source[_at++]);
        }

        _at = end + 1;
        return (TokenKind.String, _source[start..end], null);
    }

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) ScanTemplate(Location place)
    {
        var quote = _source[_at + 1];
        _at += 2;
        var parts = new List<TemplatePart>();
        var text = new StringBuilder();
        while (_at < _source.Length && _source[_at] != quote && !(quote == '"' && _source[_at] == '\n'))
        {
            var c = _source[_at];
            if (c == '{')
            {
                Flush(parts, text, quote, place);
                _at++;
                parts.Add(new TemplatePart(null, ScanExpression()));
                continue;
            }

            if (c == '\\' && _at + 1 < _source.Length && _source[_at + 1] == '{')
            {
                text.Append('{');
                _at += 2;
                continue;
            }

            if (c == '\\' && quote == '"' && _at + 1 < _source.Length)
            {
                text.Append(c);
                c = _source[++_at];
            }

            text.Append(c);
            _at++;
            NewLineAfter(c);
        }

        if (_at >= _source.Length || _source[_at] != quote)
        {
            return Illegal(place, "non-terminated string", 0);
        }

        _at++;
        Flush(parts, text, quote, place);
        return (TokenKind.Template, "template-string", parts);
    }

    private void Flush(List<TemplatePart> parts, StringBuilder text, char quote, Location place)
    {
        if (text.Length == 0)
        {
            return;
        }

        var value = quote == '`' ? text.ToString() : JsonString.Unescape(text.ToString());
        if (value is null)
        {
            _errors.Add(place.Error("rego_parse_error", "illegal escape sequence"));
        }

        parts.Add(new TemplatePart(value ?? "", []));
        text.Clear();
    }

    /// <summary>The tokens up to the brace that closes the expression; the brace itself becomes the end.</summary>
    private List<Token> ScanExpression()
    {
        var tokens = new List<Token>();
        var depth = 0;
        while (true)
        {
            var token = Next();
            if (token.Kind == TokenKind.Eof || (depth == 0 && token.IsSymbol("}")))
            {
                tokens.Add(token with { Kind = TokenKind.Eof, Text = token.Kind == TokenKind.Eof ? "eof" : "}" });
                return tokens;
            }

            depth += token.IsSymbol("{") ? 1 : token.IsSymbol("}") ? -1 : 0;
            tokens.Add(token);
        }
    }
}
