using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Rewrites RE2 syntax to that of .NET and refuses what RE2 does not have.</summary>
internal sealed class GoRegexSyntax
{
    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7F",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly string _pattern;
    private readonly StringBuilder _text = new();
    private readonly Stack<bool> _multiline = new([false]);
    private int _at;

    private GoRegexSyntax(string pattern) => _pattern = pattern;

    internal static string Translate(string pattern)
    {
        var syntax = new GoRegexSyntax(pattern);
        syntax.Run();
        return syntax._text.ToString();
    }

    private static NotSupportedException Invalid(string what, string part) => new($"{what}: `{part}`");

    private void Run()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at];
            switch (c)
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Group();
                    break;
                case ')':
                    _text.Append(c);
                    _at++;
                    if (_multiline.Count > 1)
                    {
                        _multiline.Pop();
                    }

                    break;
                case '$':
                    _text.Append(_multiline.Peek() ? "(?=\\n|\\z)" : "\\z");
                    _at++;
                    break;
                case '*' or '+' or '?' or '{':
                    Repeat();
                    break;
                case '#' or ' ':
                    _text.Append('\\').Append(c);
                    _at++;
                    break;
                default:
                    _text.Append(c);
                    _at++;
                    break;
            }
        }
    }

    private void Repeat()
    {
        var start = _at;
        if (_pattern[_at] == '{')
        {
            var end = _pattern.IndexOf('}', _at);
            var counts = end < 0 ? [] : _pattern[(_at + 1)..end].Split(',');
            if (counts.Length is 0 or > 2 || !int.TryParse(counts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var low)
                || (counts.Length == 2 && counts[1].Length > 0 && !int.TryParse(counts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                _text.Append("\\{");
                _at++;
                return;
            }

            if (low > 1000 || (counts is [_, { Length: > 0 } high] && int.Parse(high, NumberStyles.None, CultureInfo.InvariantCulture) > 1000))
            {
                throw Invalid("invalid repeat count", _pattern[_at..(end + 1)]);
            }

            _at = end + 1;
        }
        else
        {
            _at++;
        }

        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            _at++;
        }

        if (_at < _pattern.Length && _pattern[_at] is '*' or '+' or '?')
        {
            throw Invalid("invalid nested repetition operator", _pattern[start..(_at + 1)]);
        }

        _text.Append(_pattern, start, _at - start);
    }

    private void Group()
    {
        if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != '?')
        {
            _text.Append('(');
            _at++;
            _multiline.Push(_multiline.Peek());
            return;
        }

        var rest = _pattern.AsSpan(_at + 2);
        var named = rest.StartsWith("P<", StringComparison.Ordinal) ? 2 : rest.StartsWith("<", StringComparison.Ordinal) ? 1 : 0;
        if (named > 0 && rest.Length > named && rest[named] is not ('=' or '!'))
        {
            _text.Append("(?<");
            _at += 2 + named;
            _multiline.Push(_multiline.Peek());
            return;
        }

        Flags();
    }

    /// <summary>(?flags) and (?flags: with i, m, s, U.</summary>
    private void Flags()
    {
        var end = _at + 2;
        while (end < _pattern.Length && _pattern[end] is 'i' or 'm' or 's' or '-')
        {
            end++;
        }

        if (end >= _pattern.Length || _pattern[end] is not (':' or ')'))
        {
            throw Invalid("invalid or unsupported Perl syntax", _pattern[_at..Math.Min(_pattern.Length, end + 1)]);
        }

        var flags = _pattern[(_at + 2)..end].Split('-');
        var multiline = flags[0].Contains('m', StringComparison.Ordinal) || (_multiline.Peek() && !(flags.Length > 1 && flags[1].Contains('m', StringComparison.Ordinal)));
        if (_pattern[end] == ')')
        {
            _multiline.Pop();
        }

        _multiline.Push(multiline);
        _text.Append(_pattern, _at, end + 1 - _at);
        _at = end + 1;
    }

    private void Class()
    {
        var start = _at;
        _text.Append('[');
        _at++;
        if (_at < _pattern.Length && _pattern[_at] == '^')
        {
            _text.Append('^');
            _at++;
        }

        for (var first = true; _at < _pattern.Length && (first || _pattern[_at] != ']'); first = false)
        {
            var c = _pattern[_at];
            if (c == '\\')
            {
                Escape(inClass: true);
            }
            else if (c == '[' && _at + 1 < _pattern.Length && _pattern[_at + 1] == ':')
            {
                PosixClass();
            }
            else
            {
                _text.Append(c is '[' or ']' ? "\\" : "").Append(c);
                _at++;
            }
        }

        if (_at >= _pattern.Length)
        {
            throw Invalid("missing closing ]", _pattern[start..]);
        }

        _text.Append(']');
        _at++;
    }

    private void PosixClass()
    {
        var end = _pattern.IndexOf(":]", _at, StringComparison.Ordinal);
        var name = end < 0 ? "" : _pattern[(_at + 2)..end];
        if (!Posix.TryGetValue(name, out var members))
        {
            throw Invalid("invalid character class range", "[:" + name + ":]");
        }

        _text.Append(members);
        _at = end + 2;
    }

    private void Escape(bool inClass)
    {
        if (_at + 1 >= _pattern.Length)
        {
            throw Invalid("trailing backslash at end of expression", "");
        }

        var c = _pattern[_at + 1];
        _at += 2;
        _ = c switch
        {
            'd' => _text.Append(inClass ? "0-9" : "[0-9]"),
            'w' => _text.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]"),
            's' => _text.Append(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]"),
            'D' when !inClass => _text.Append("[^0-9]"),
            'W' when !inClass => _text.Append("[^0-9A-Za-z_]"),
            'S' when !inClass => _text.Append("[^\\t\\n\\f\\r ]"),
            'D' => _text.Append("\\x00-/:-\\uFFFF"),
            'W' => _text.Append("\\x00-/:-@\\[-^`{-\\uFFFF"),
            'S' => _text.Append("\\x00-\\x08\\x0B\\x0E-\\x1F!-\\uFFFF"),
            'b' or 'B' when !inClass => _text.Append('\\').Append(c),
            'A' when !inClass => _text.Append("\\A"),
            'z' when !inClass => _text.Append("\\z"),
            'a' or 'f' or 'n' or 'r' or 't' or 'v' => _text.Append('\\').Append(c),
            'p' or 'P' => Property(c),
            'x' => HexEscape(),
            'Q' => Quoted(),
            >= '0' and <= '7' => Octal(c),
            _ when !char.IsLetterOrDigit(c) => _text.Append('\\').Append(c),
            _ => throw Invalid("invalid escape sequence", "\\" + c),
        };
    }

    private StringBuilder Property(char sign)
    {
        var end = _at < _pattern.Length && _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) : _at;
        var name = end < _at ? "" : _pattern[_at..Math.Min(_pattern.Length, end + 1)].Trim('{', '}');
        if (name.StartsWith('^'))
        {
            (sign, name) = (sign == 'p' ? 'P' : 'p', name[1..]);
        }

        _at = Math.Max(_at, end) + 1;
        return name switch
        {
            "Greek" => _text.Append('\\').Append(sign).Append("{IsGreek}"),
            "Cyrillic" => _text.Append('\\').Append(sign).Append("{IsCyrillic}"),
            { Length: 1 or 2 } => _text.Append('\\').Append(sign).Append('{').Append(name).Append('}'),
            _ => throw Invalid("invalid character class range", "\\" + sign + "{" + name + "}"),
        };
    }

    private StringBuilder HexEscape()
    {
        var braced = _at < _pattern.Length && _pattern[_at] == '{';
        var end = braced ? _pattern.IndexOf('}', _at) : _at + 2;
        var digits = end < 0 || end > _pattern.Length ? "" : _pattern[(_at + (braced ? 1 : 0))..end];
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
        {
            throw Invalid("invalid escape sequence", "\\x");
        }

        _at = end + (braced ? 1 : 0);
        foreach (var unit in new Rune(code).ToString())
        {
            _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return _text;
    }

    private StringBuilder Quoted()
    {
        var end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        end = end < 0 ? _pattern.Length : end;
        _text.Append(System.Text.RegularExpressions.Regex.Escape(_pattern[_at..end]));
        _at = Math.Min(_pattern.Length, end + 2);
        return _text;
    }

    private StringBuilder Octal(char first)
    {
        var end = _at;
        while (end < _pattern.Length && end < _at + 2 && _pattern[end] is >= '0' and <= '7')
        {
            end++;
        }

        if (first != '0' && end == _at)
        {
            throw Invalid("invalid escape sequence", "\\" + first);
        }

        var code = 0;
        foreach (var digit in first + _pattern[_at..end])
        {
            code = (code * 8) + (digit - '0');
        }

        _at = end;
        return _text.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
    }
}
