using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>sprintf with the verbs, flags and error texts of Go's fmt.</summary>
internal sealed class Sprintf
{
    private const int MaxKept = 4096;

    [ThreadStatic]
    private static StringBuilder? _idle;

    private readonly BuiltinContext _context;
    private readonly string _format;
    private readonly RegoArray _arguments;
    private readonly StringBuilder _text;
    private readonly bool _ofGo;
    private int _at;
    private int _next;
    private bool _reordered;

    private Sprintf(BuiltinContext context, string format, RegoArray arguments, bool ofGo)
    {
        _ofGo = ofGo;
        _context = context;
        _format = format;
        _arguments = arguments;
        _text = _idle ?? new StringBuilder();
        _idle = null;
    }

    /// <param name="context">The evaluation.</param>
    /// <param name="format">The format.</param>
    /// <param name="arguments">What the verbs show.</param>
    /// <param name="ofGo">Whether booleans are those of Go, which %t shows, and not the text that Rego's sprintf makes of them.</param>
    internal static RegoString Format(BuiltinContext context, string format, RegoArray arguments, bool ofGo = false)
    {
        var sprintf = new Sprintf(context, format, arguments, ofGo);
        var text = sprintf.Run();
        if (sprintf._text.Capacity <= MaxKept)
        {
            _idle = sprintf._text.Clear();
        }

        return new RegoString(text);
    }

    private string Run()
    {
        while (_at < _format.Length)
        {
            var literal = _format.AsSpan(_at).IndexOf('%');
            if (literal != 0)
            {
                literal = literal < 0 ? _format.Length - _at : literal;
                _text.Append(_format, _at, literal);
                _at += literal;
                continue;
            }

            _at++;

            if (!Plain())
            {
                Verb();
            }

            _context.CheckSize(_text.Length);
        }

        if (!_reordered && _next < _arguments.Count)
        {
            var extra = _arguments.Items.Skip(_next).Select(v => $"{SprintfVerb.TypeName(v)}={SprintfVerb.Plain(v)}");
            _text.Append(CultureInfo.InvariantCulture, $"%!(EXTRA {string.Join(", ", extra)})");
        }

        return _text.ToString();
    }

    /// <summary>The common verbs without flags: %s and %v of strings, %v and %d of small integers.</summary>
    private bool Plain()
    {
        if (_at >= _format.Length || _next < 0 || _next >= _arguments.Count)
        {
            return false;
        }

        switch (_format[_at], _arguments.Span[_next])
        {
            case ('s' or 'v', RegoString text):
                _text.Append(text.Text);
                break;
            case ('d' or 'v', RegoNumber number) when number.TryGetInt64(out var whole) && !number.Text.AsSpan().ContainsAny('.', 'e', 'E'):
                _text.Append(CultureInfo.InvariantCulture, $"{whole}");
                break;
            default:
                return false;
        }

        _at++;
        _next++;
        return true;
    }

    private void Verb()
    {
        var verb = new SprintfVerb { OfGo = _ofGo };
        while (_at < _format.Length && verb.TrySetFlag(_format[_at]))
        {
            _at++;
        }

        Index();
        verb.Width = Count();
        if (_at < _format.Length && _format[_at] == '.')
        {
            _at++;
            Index();
            verb.Precision = Count() ?? 0;
        }

        Index();
        if (_at >= _format.Length)
        {
            _text.Append("%!(NOVERB)");
            return;
        }

        var rune = Rune.GetRuneAt(_format, _at);
        _at += rune.Utf16SequenceLength;
        if (rune.Value == '%')
        {
            _text.Append('%');
        }
        else if (_next < 0 || _next >= _arguments.Count)
        {
            _text.Append(CultureInfo.InvariantCulture, $"%!{rune}({(_next < 0 || (_reordered && _next > _arguments.Count) ? "BADINDEX" : "MISSING")})");
            _next = Math.Max(0, _next);
        }
        else
        {
            _text.Append(verb.Format(rune, _arguments.Span[_next++], _context));
        }
    }

    /// <summary>[n] chooses the next argument.</summary>
    private void Index()
    {
        if (_at >= _format.Length || _format[_at] != '[')
        {
            return;
        }

        _reordered = true;
        var end = _format.IndexOf(']', _at);
        var valid = end > 0 && int.TryParse(_format.AsSpan(_at + 1, end - _at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index >= 1 && index <= _arguments.Count;
        _next = valid ? int.Parse(_format.AsSpan(_at + 1, end - _at - 1), NumberStyles.None, CultureInfo.InvariantCulture) - 1 : -1;
        _at = end < 0 ? _format.Length : end + 1;
    }

    private int? Count()
    {
        if (_at < _format.Length && _format[_at] == '*')
        {
            _at++;
            if (_next >= 0 && _next < _arguments.Count && _arguments.Span[_next] is RegoNumber number && number.TryGetInt32(out var given))
            {
                _next++;
                return Limit(given);
            }

            _text.Append("%!(BADWIDTH)");
            return null;
        }

        var start = _at;
        while (_at < _format.Length && char.IsAsciiDigit(_format[_at]))
        {
            _at++;
        }

        return _at == start ? null : Limit((int)BigInteger.Min(int.MaxValue, BigInteger.Parse(_format.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture)));
    }

    /// <summary>Go refuses widths beyond a million.</summary>
    private static int? Limit(int width) => Math.Abs((long)width) > 1_000_000 ? null : width;
}
