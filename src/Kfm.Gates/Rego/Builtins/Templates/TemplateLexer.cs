using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Splits a template into text and the tokens of its actions.</summary>
internal sealed class TemplateLexer
{
    private const string Blank = " \t\r\n";
    private readonly string _text;
    private readonly List<TemplateToken> _tokens = [];
    private int _at;
    private int _parens;

    private TemplateLexer(string text) => _text = text;

    /// <exception cref="TemplateException">The text is no template.</exception>
    internal static List<TemplateToken> Read(string text)
    {
        var lexer = new TemplateLexer(text);
        lexer.ReadAll();
        return lexer._tokens;
    }

    internal static TemplateException Error(string text, int at, string message) =>
        new($"template: template:{1 + text.AsSpan(0, Math.Min(at, text.Length)).Count('\n')}: {message}");

    private TemplateException Fail(string message) => Error(_text, _at, message);

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private void ReadAll()
    {
        var trim = false;
        while (_at < _text.Length)
        {
            var open = _text.IndexOf("{{", _at, StringComparison.Ordinal);
            var end = open < 0 ? _text.Length : open;
            var part = _text[_at..end];
            part = trim ? part.TrimStart(Blank.ToCharArray()) : part;
            var trimsLeft = open >= 0 && open + 3 < _text.Length && _text[open + 2] == '-' && Blank.Contains(_text[open + 3], StringComparison.Ordinal);
            part = trimsLeft ? part.TrimEnd(Blank.ToCharArray()) : part;
            if (part.Length > 0)
            {
                Add(TemplateTokenKind.Text, part);
            }

            if (open < 0)
            {
                break;
            }

            _at = open;
            trim = ReadAction(open + (trimsLeft ? 4 : 2));
        }

        _at = _text.Length;
        Add(TemplateTokenKind.End, "");
    }

    /// <summary>Reads a comment or the tokens of an action; gives whether the text behind it is trimmed.</summary>
    private bool ReadAction(int start)
    {
        if (string.CompareOrdinal(_text, start, "/*", 0, 2) == 0)
        {
            var end = _text.IndexOf("*/", start + 2, StringComparison.Ordinal);
            _at = end < 0 ? throw Fail("unclosed comment") : end + 2;
            return TryClose(out var trimsAfter) ? trimsAfter : throw Fail("comment ends before closing delimiter");
        }

        Add(TemplateTokenKind.Open, "{{");
        _at = start;
        _parens = 0;
        while (true)
        {
            var at = _at;
            if (TryClose(out var trims))
            {
                _tokens.Add(_parens == 0 ? new TemplateToken(TemplateTokenKind.Close, "}}", at) : throw Fail("unclosed left paren"));
                return trims;
            }

            ReadToken();
        }
    }

    private bool TryClose(out bool trims)
    {
        trims = _at + 1 < _text.Length && Blank.Contains(_text[_at], StringComparison.Ordinal) && string.CompareOrdinal(_text, _at + 1, "-}}", 0, 3) == 0;
        if (trims || string.CompareOrdinal(_text, _at, "}}", 0, 2) == 0)
        {
            _at += trims ? 4 : 2;
            return true;
        }

        return false;
    }

    private void Add(TemplateTokenKind kind, string text) => _tokens.Add(new TemplateToken(kind, text, _at));

    private void Take(TemplateTokenKind kind, int length)
    {
        Add(kind, _text.Substring(_at, length));
        _at += length;
    }

    private void ReadToken()
    {
        switch (Current)
        {
            case '\0' when _at >= _text.Length:
                throw Fail("unclosed action");
            case ' ' or '\t' or '\r' or '\n':
                ReadSpace();
                break;
            case '=':
                Take(TemplateTokenKind.Assign, 1);
                break;
            case ':':
                Take(TemplateTokenKind.Declare, _at + 1 < _text.Length && _text[_at + 1] == '=' ? 2 : throw Fail("expected :="));
                break;
            case '|':
                Take(TemplateTokenKind.Pipe, 1);
                break;
            case ',':
                Take(TemplateTokenKind.Comma, 1);
                break;
            case '(':
                _parens++;
                Take(TemplateTokenKind.LeftParen, 1);
                break;
            case ')':
                _parens--;
                Take(TemplateTokenKind.RightParen, _parens < 0 ? throw Fail("unexpected right paren") : 1);
                break;
            case '"' or '`' or '\'':
                ReadQuoted();
                break;
            case '.' when _at + 1 >= _text.Length || !char.IsAsciiDigit(_text[_at + 1]):
                ReadName(TemplateTokenKind.Field, TemplateTokenKind.Dot);
                break;
            case '$':
                ReadName(TemplateTokenKind.Variable, TemplateTokenKind.Variable);
                break;
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                ReadNumber();
                break;
            default:
                ReadWord();
                break;
        }
    }

    /// <summary>A run of blanks; the last of them may begin a closing delimiter that trims.</summary>
    private void ReadSpace()
    {
        var end = _at;
        while (end < _text.Length && Blank.Contains(_text[end], StringComparison.Ordinal)
            && (end == _at || string.CompareOrdinal(_text, end + 1, "-}}", 0, 3) != 0))
        {
            end++;
        }

        Take(TemplateTokenKind.Space, end - _at);
    }

    private void ReadName(TemplateTokenKind kind, TemplateTokenKind alone)
    {
        var end = NameEnd(_at + 1);
        CheckEnd(end);
        Take(end == _at + 1 ? alone : kind, end - _at);
    }

    private void ReadWord()
    {
        var end = NameEnd(_at);
        if (end == _at)
        {
            throw Fail($"unexpected {GoQuote.Quote(Rune.GetRuneAt(_text, _at).ToString())} in operand");
        }

        CheckEnd(end);
        Take(TemplateTokenKind.Word, end - _at);
    }

    private int NameEnd(int at)
    {
        while (at < _text.Length && Rune.TryGetRuneAt(_text, at, out var rune)
            && (rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber))
        {
            at += rune.Utf16SequenceLength;
        }

        return at;
    }

    private void CheckEnd(int end)
    {
        if (end < _text.Length && !" \t\r\n.,|:)(}".Contains(_text[end], StringComparison.Ordinal))
        {
            throw Fail($"bad character U+{(int)_text[end]:X4} '{_text[end]}'");
        }
    }

    private void ReadQuoted()
    {
        var quote = Current;
        for (var end = _at + 1; end < _text.Length; end++)
        {
            if (_text[end] == quote)
            {
                Take(quote == '\'' ? TemplateTokenKind.Char : TemplateTokenKind.Quoted, end + 1 - _at);
                return;
            }

            if (quote != '`' && _text[end] == '\n')
            {
                break;
            }

            end += quote != '`' && _text[end] == '\\' ? 1 : 0;
        }

        throw Fail(quote switch
        {
            '"' => "unterminated quoted string",
            '`' => "unterminated raw quoted string",
            _ => "unterminated character constant",
        });
    }

    private void ReadNumber()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '.' or '_'
            || (_text[end] is '+' or '-' && _text[end - 1] is 'e' or 'E' or 'p' or 'P')))
        {
            end++;
        }

        Take(TemplateTokenKind.Number, end - _at);
    }
}
