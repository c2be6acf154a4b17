using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Tokens of GraphQL (specification of October 2021, section 2.1); columns count code points from 1.</summary>
internal sealed class GraphQlLexer(string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public GraphQlToken Next()
    {
        SkipIgnored();
        if (_at == text.Length)
        {
            return Token(GraphQlToken.End, _at, _at);
        }

        var c = text[_at];
        return c switch
        {
            '!' or '$' or '&' or '(' or ')' or ':' or '=' or '@' or '[' or ']' or '{' or '}' or '|' => Token(c.ToString(), _at, ++_at),
            '.' when text.AsSpan(_at).StartsWith("...", StringComparison.Ordinal) => Token("...", _at, _at += 3),
            '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => ReadName(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            '"' when text.AsSpan(_at).StartsWith("\"\"\"", StringComparison.Ordinal) => ReadBlock(),
            '"' => ReadString(),
            _ => Invalid(),
        };
    }

    private void SkipIgnored()
    {
        for (; _at < text.Length; _at++)
        {
            switch (text[_at])
            {
                case '\t' or ' ' or ',' or '\ufeff':
                    break;
                case '\n':
                case '\r' when _at + 1 == text.Length || text[_at + 1] != '\n':
                    NewLine();
                    break;
                case '\r':
                    break;
                case '#':
                    while (_at + 1 < text.Length && text[_at + 1] is not ('\n' or '\r'))
                    {
                        _at++;
                    }

                    break;
                default:
                    return;
            }
        }
    }

    private void NewLine() => (_line, _lineStart) = (_line + 1, _at + 1);

    private int Column(int at)
    {
        var column = 1;
        foreach (var _ in text.AsSpan(_lineStart, at - _lineStart).EnumerateRunes())
        {
            column++;
        }

        return column;
    }

    private GraphQlToken Token(string kind, int start, int end) => new(kind, text[start..end], _line, Column(start));

    // A piece that is no token stands where reading it ended.
    private GraphQlToken Invalid() => new(GraphQlToken.Invalid, "", _line, Column(_at));

    private GraphQlToken ReadName()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return Token(GraphQlToken.Name, start, _at);
    }

    private GraphQlToken ReadNumber()
    {
        var (start, isFloat) = (_at, false);
        _at += text[_at] == '-' ? 1 : 0;
        var digits = Digits();
        if (digits == 0 || (digits > 1 && text[_at - digits] == '0'))
        {
            return Invalid();
        }

        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            isFloat = true;
            if (Digits() == 0)
            {
                return Invalid();
            }
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            isFloat = true;
            _at += _at < text.Length && text[_at] is '+' or '-' ? 1 : 0;
            if (Digits() == 0)
            {
                return Invalid();
            }
        }

        return Token(isFloat ? GraphQlToken.Float : GraphQlToken.Int, start, _at);
    }

    private int Digits()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    private GraphQlToken ReadString()
    {
        var (start, value) = (++_at, new StringBuilder());
        for (; _at < text.Length && text[_at] is not ('\n' or '\r'); _at++)
        {
            var c = text[_at];
            if (c == '"')
            {
                // The reader behind OPA counts from the first character within the quotes.
                var column = Column(start);
                _at++;
                return new GraphQlToken(GraphQlToken.String, value.ToString(), _line, column);
            }

            if ((c < ' ' && c != '\t') || (c == '\\' && !Escape(value)))
            {
                return Invalid();
            }

            if (c != '\\')
            {
                value.Append(c);
            }
        }

        return Invalid();
    }

    // Leaves the place at the last character of the escape.
    private bool Escape(StringBuilder value)
    {
        if (_at + 1 >= text.Length)
        {
            return false;
        }

        var letter = text[++_at];
        if (letter == 'u')
        {
            if (_at + 4 >= text.Length || !ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                return false;
            }

            value.Append((char)code);
            _at += 4;
            return true;
        }

        var at = "\"\\/bfnrt".IndexOf(letter, StringComparison.Ordinal);
        value.Append(at < 0 ? "" : "\"\\/\b\f\n\r\t"[at].ToString());
        return at >= 0;
    }

    private GraphQlToken ReadBlock()
    {
        var (column, line, value) = (Column(_at) + 3, _line, new StringBuilder());
        for (_at += 3; _at < text.Length; _at++)
        {
            if (text.AsSpan(_at).StartsWith("\"\"\"", StringComparison.Ordinal))
            {
                _at += 3;
                return new GraphQlToken(GraphQlToken.BlockString, Dedent(value.ToString()), line, column);
            }

            if (text.AsSpan(_at).StartsWith("\\\"\"\"", StringComparison.Ordinal))
            {
                value.Append("\"\"\"");
                _at += 3;
            }
            else if (text[_at] is '\n' or '\r')
            {
                _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 1 : 0;
                value.Append('\n');
                NewLine();
            }
            else if (text[_at] < ' ' && text[_at] != '\t')
            {
                return Invalid();
            }
            else
            {
                value.Append(text[_at]);
            }
        }

        return Invalid();
    }

    /// <summary>BlockStringValue: the common indentation and blank lines around are not part of the text.</summary>
    private static string Dedent(string raw)
    {
        var lines = raw.Split('\n').ToList();
        var indents = lines.Skip(1).Where(l => l.AsSpan().Trim(" \t").Length > 0).Select(l => l.Length - l.TrimStart(' ', '\t').Length).ToList();
        var common = indents.Count > 0 ? indents.Min() : 0;
        for (var i = 1; i < lines.Count; i++)
        {
            lines[i] = lines[i].Length >= common ? lines[i][common..] : "";
        }

        var first = lines.FindIndex(l => l.AsSpan().Trim(" \t").Length > 0);
        var last = lines.FindLastIndex(l => l.AsSpan().Trim(" \t").Length > 0);
        return first < 0 ? "" : string.Join('\n', lines[first..(last + 1)]);
    }
}
