using System.Globalization;
using System.Text;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Parses an expression of ECMA-262 (section 22.2.1, flag u) and writes it for the linear engine of .NET.</summary>
internal sealed partial class EcmaTranslator(string source)
{
    private const int MaxLength = 10_000;
    private const int MaxDepth = 100;

    // The linear engine unrolls counted repetitions, so their product is what a pattern costs.
    private const long MaxSize = 50_000;
    private readonly StringBuilder _output = new();
    private int _position;
    private int _depth;
    private string? _error;

    /// <summary>Set when the expression is one of ECMA-262 but has a part that is not supported.</summary>
    public bool IsUnsupported { get; private set; }

    public (string? Expression, string? Error) Translate()
    {
        if (source.Length > MaxLength)
        {
            Unsupported($"is longer than {MaxLength} characters");
        }

        Disjunction();
        if (_error is null && _position < source.Length)
        {
            Wrong("has a parenthesis that closes nothing");
        }

        return _error is null ? (_output.ToString(), null) : (null, _error);
    }

    private bool AtEnd => _error is not null || _position >= source.Length;

    private char Current => source[_position];

    private bool Take(char c)
    {
        if (AtEnd || Current != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private long Wrong(string what)
    {
        _error ??= string.Create(CultureInfo.InvariantCulture, $"The pattern {what} at character {_position}.");
        return 0;
    }

    private long Unsupported(string what)
    {
        IsUnsupported |= _error is null;
        return Wrong(what + ", which is not supported,");
    }

    private long Disjunction()
    {
        if (++_depth > MaxDepth)
        {
            return Unsupported("nests too deeply");
        }

        var size = Alternative();
        while (Take('|'))
        {
            _output.Append('|');
            size += Alternative();
        }

        _depth--;
        return size;
    }

    private long Alternative()
    {
        long size = 0;
        while (!AtEnd && Current is not ('|' or ')'))
        {
            size += Term();
        }

        return size > MaxSize ? Unsupported("repeats too much") : size;
    }

    private long Term()
    {
        switch (Current)
        {
            case '^':
                _position++;
                _output.Append("\\A");
                return 1;
            case '$':
                _position++;
                _output.Append("\\z");
                return 1;
            case '*' or '+' or '?' or '{':
                return Wrong("has a quantifier that repeats nothing");
            default:
                return Quantified(Atom());
        }
    }

    private long Atom()
    {
        var c = Current;
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '.':
                _position++;
                return Write(CodePointSet.LineTerminators.Complement());
            case '\\':
                return Escape();
            case ']' or '}':
                return Wrong($"has an unescaped '{c}'");
            default:
                return Write(CodePointSet.Of(Scalar()));
        }
    }

    private long Write(CodePointSet set)
    {
        var expression = set.ToExpression();
        _output.Append(expression);
        return 1 + (expression.Length / 200);
    }

    private (int, int) Scalar()
    {
        var scalar = char.ConvertToUtf32(source, _position);
        _position += char.IsHighSurrogate(source[_position]) ? 2 : 1;
        return (scalar, scalar);
    }

    private long Group()
    {
        _position++;
        if (Take('?') && !GroupKind())
        {
            return 0;
        }

        _output.Append("(?:");
        var size = Disjunction();
        if (!Take(')'))
        {
            return Wrong("has a group that is not closed");
        }

        _output.Append(')');
        return size + 1;
    }

    private bool GroupKind()
    {
        if (Take(':'))
        {
            return true;
        }

        if (!AtEnd && Current is '=' or '!')
        {
            Unsupported("looks ahead");
            return false;
        }

        if (!Take('<'))
        {
            Wrong("has an unknown kind of group");
            return false;
        }

        if (!AtEnd && Current is '=' or '!')
        {
            Unsupported("looks behind");
            return false;
        }

        var end = source.IndexOf('>', _position);
        if (end <= _position || !source.AsSpan(_position, end - _position).ContainsOnlyWordCharacters())
        {
            Wrong("has a group with a name that is none");
            return false;
        }

        _position = end + 1;
        return true;
    }

    private long Quantified(long size)
    {
        if (AtEnd || Current is not ('*' or '+' or '?' or '{'))
        {
            return size;
        }

        var from = _position;
        long times = 1;
        if (Current == '{')
        {
            times = Counted();
        }
        else
        {
            _position++;
        }

        if (_error is not null)
        {
            return 0;
        }

        _output.Append(source, from, _position - from);
        if (Take('?'))
        {
            _output.Append('?');
        }

        return size * times > MaxSize ? Unsupported("repeats too much") : size * times;
    }

    private long Counted()
    {
        _position++;
        var least = Number();
        var most = least;
        if (Take(','))
        {
            most = !AtEnd && Current == '}' ? Math.Max(least, 1) : Number();
        }

        if (!Take('}') || least < 0 || most < 0)
        {
            return Wrong("has a '{' that starts no quantifier");
        }

        return most < least ? Wrong("has a quantifier whose bounds are out of order") : Math.Max(most, 1);
    }

    private long Number()
    {
        var start = _position;
        while (!AtEnd && char.IsAsciiDigit(Current))
        {
            _position++;
        }

        if (_position == start)
        {
            return -1;
        }

        return int.TryParse(source.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : Unsupported("repeats too much");
    }
}
