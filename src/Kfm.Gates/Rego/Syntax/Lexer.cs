using System.Text;

namespace Kfm.Gates.Rego.Syntax;

/// <summary>Cuts a module into tokens. Columns count code points.</summary>
internal sealed partial class Lexer
{
    private static readonly string[] Symbols =
        [":=", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "\""];

    private const string SymbolStart = ":=!<>+-*/%&|()[]{},;.";

    private readonly string _file;
    private readonly string _source;
    private readonly IReadOnlySet<string> _keywords;
    private readonly List<RegoError> _errors = [];
    private int _at;
    private int _row = 1;
    private int _lineStart;
    private int _countedTo;
    private int _column = 1;

    internal Lexer(string file, string source, IReadOnlySet<string> keywords)
    {
        _file = file;
        _source = source;
        _keywords = keywords;
    }

    internal List<Comment> Comments { get; } = [];

    internal IReadOnlyList<RegoError> Errors => _errors;

    internal List<Token> ReadAll()
    {
        var tokens = new List<Token>();
        do
        {
            tokens.Add(Next());
        }
        while (tokens[^1].Kind != TokenKind.Eof);

        return tokens;
    }

    private Token Next()
    {
        var (space, line) = SkipSpace();
        var start = _at;
        var place = Here();
        if (_at >= _source.Length)
        {
            // The end stands on the last character, not behind it.
            return new Token(TokenKind.Eof, "eof", place with { Col = place.Col - 1 }, start, start, space, line);
        }

        var (kind, text, parts) = Scan(place);
        return new Token(kind, text, place, start, _at, space, line, parts);
    }

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) Scan(Location place)
    {
        var c = _source[_at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return ScanWord();
        }

        if (char.IsAsciiDigit(c) || (c == '-' && IsDigitAt(_at + 1)))
        {
            return ScanNumber(place);
        }

        if (c == '"')
        {
            return ScanString(place);
        }

        if (c == '`')
        {
            return ScanRaw(place);
        }

        if (c == '$' && _at + 1 < _source.Length && _source[_at + 1] is '"' or '`')
        {
            return ScanTemplate(place);
        }

        if (SymbolStart.Contains(c, StringComparison.Ordinal))
        {
            var symbol = Array.Find(Symbols, s => string.CompareOrdinal(_source, _at, s, 0, s.Length) == 0);
            if (symbol is not null)
            {
                _at += symbol.Length;
                return (TokenKind.Symbol, symbol, null);
            }
        }

        return Illegal(place, "illegal token", 1);
    }

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) Illegal(Location place, string message, int length)
    {
        _errors.Add(place.Error("rego_parse_error", message));
        _at = Math.Min(_source.Length, _at + length);
        return (TokenKind.Illegal, "illegal", null);
    }

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) ScanWord()
    {
        var start = _at;
        while (_at < _source.Length && (char.IsAsciiLetterOrDigit(_source[_at]) || _source[_at] == '_'))
        {
            _at++;
        }

        var word = _source[start.._at];
        return (_keywords.Contains(word) ? TokenKind.Keyword : TokenKind.Identifier, word, null);
    }

    private (TokenKind Kind, string Text, IReadOnlyList<TemplatePart>? Parts) ScanNumber(Location place)
    {
        var start = _at;
        _at += _source[_at] == '-' ? 1 : 0;
        SkipDigits();
        if (_at + 1 < _source.Length && _source[_at] == '.' && IsDigitAt(_at + 1))
        {
            _at++;
            SkipDigits();
        }

        if (_at < _source.Length && _source[_at] is 'e' or 'E')
        {
            var sign = _at + 1 < _source.Length && _source[_at + 1] is '+' or '-' ? 1 : 0;
            if (!IsDigitAt(_at + 1 + sign))
            {
                return Illegal(place, "illegal number format", 1);
            }

            _at += 1 + sign;
            SkipDigits();
        }

        return (TokenKind.Number, _source[start.._at], null);
    }

    private void SkipDigits()
    {
        while (IsDigitAt(_at))
        {
            _at++;
        }
    }

    private bool IsDigitAt(int at) => at < _source.Length && char.IsAsciiDigit(_source[at]);

    private (bool Space, bool Line) SkipSpace()
    {
        var (start, row) = (_at, _row);
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (c == '#')
            {
                SkipComment();
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\uFEFF')
            {
                _at++;
                NewLineAfter(c);
            }
            else
            {
                break;
            }
        }

        return (_at > start, _row > row);
    }

    private void NewLineAfter(char c)
    {
        if (c == '\n')
        {
            _row++;
            _lineStart = _at;
        }
    }

    private void SkipComment()
    {
        var place = Here();
        var end = _source.IndexOf('\n', _at);
        end = end < 0 ? _source.Length : end;
        Comments.Add(new Comment(_source[(_at + 1)..end].TrimEnd('\r'), place));
        _at = end;
    }

    private Location Here()
    {
        // Counts on from the last place, so that long lines take linear time.
        if (_countedTo < _lineStart || _countedTo > _at)
        {
            (_countedTo, _column) = (_lineStart, 1);
        }

        for (; _countedTo < _at; _countedTo++)
        {
            _column += char.IsLowSurrogate(_source[_countedTo]) ? 0 : 1;
        }

        return new Location(_file, _row, _column);
    }
}
