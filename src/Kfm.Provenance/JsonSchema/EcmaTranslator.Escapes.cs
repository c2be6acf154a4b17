using System.Globalization;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Escapes and character classes.</summary>
internal sealed partial class EcmaTranslator
{
    private long Escape()
    {
        var next = _position + 1 < source.Length ? source[_position + 1] : '\0';
        if (next is 'b' or 'B')
        {
            return Unsupported("has a word boundary");
        }

        if (next is 'k' || (next is >= '1' and <= '9'))
        {
            return Unsupported("has a back reference");
        }

        var set = EscapedSet() ?? (EscapedScalar(inClass: false) is var scalar && _error is null ? CodePointSet.Of((scalar, scalar)) : null);
        return set is null ? 0 : Write(set);
    }

    /// <summary>Reads an escape that stands for a set; null, without moving, when it stands for one character.</summary>
    private CodePointSet? EscapedSet()
    {
        if (_position + 1 >= source.Length)
        {
            return null;
        }

        var letter = source[_position + 1];
        var set = letter switch
        {
            'd' => CodePointSet.Digits,
            'D' => CodePointSet.Digits.Complement(),
            'w' => CodePointSet.Words,
            'W' => CodePointSet.Words.Complement(),
            's' => CodePointSet.Spaces,
            'S' => CodePointSet.Spaces.Complement(),
            _ => null,
        };
        if (set is not null)
        {
            _position += 2;
            return set;
        }

        return letter is 'p' or 'P' ? Property(letter == 'P') : null;
    }

    private CodePointSet? Property(bool negated)
    {
        var end = source.IndexOf('}', _position);
        if (end < 0 || _position + 2 >= source.Length || source[_position + 2] != '{')
        {
            Wrong("has a property escape without {name}");
            return null;
        }

        var name = source[(_position + 3)..end];
        foreach (var prefix in (string[])["General_Category=", "gc="])
        {
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        }

        var set = name switch
        {
            "Any" => CodePointSet.Of((0, 0xD7FF), (0xE000, 0x10FFFF)),
            "ASCII" => CodePointSet.Of((0, 0x7F)),
            _ => CodePointSet.Category(name),
        };
        if (set is null)
        {
            Unsupported("has a property other than a general category");
            return null;
        }

        _position = end + 1;
        return negated ? set.Complement() : set;
    }

    private int EscapedScalar(bool inClass)
    {
        _position++;
        if (AtEnd)
        {
            return (int)Wrong("ends in a backslash");
        }

        var c = source[_position++];
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'b' when inClass: return '\b';
            case '0' when AtEnd || !char.IsAsciiDigit(Current): return 0;
            case 'c' when !AtEnd && char.IsAsciiLetter(Current): return source[_position++] & 0x1F;
            case 'x': return Hex(2);
            case 'u': return UnicodeScalar();
            case '-' when inClass: return '-';
        }

        if ("^$\\.*+?()[]{}|/".Contains(c, StringComparison.Ordinal))
        {
            return c;
        }

        _position--;
        return (int)Wrong("has an escape that ECMA-262 does not know");
    }

    private int UnicodeScalar()
    {
        if (Take('{'))
        {
            var end = source.IndexOf('}', _position);
            var digits = end < 0 ? "" : source[_position..end];
            if (digits.Length is 0 or > 6 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var scalar) || scalar > 0x10FFFF)
            {
                return (int)Wrong("has a code point that is none");
            }

            _position = end + 1;
            return scalar;
        }

        var unit = Hex(4);
        if (_error is not null || !char.IsHighSurrogate((char)unit) || !source.AsSpan(_position).StartsWith("\\u"))
        {
            return unit;
        }

        var mark = _position;
        _position += 2;
        var low = Hex(4);
        if (_error is null && char.IsLowSurrogate((char)low))
        {
            return char.ConvertToUtf32((char)unit, (char)low);
        }

        _position = mark;
        return unit;
    }

    private int Hex(int digits)
    {
        if (_position + digits <= source.Length
            && int.TryParse(source.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _position += digits;
            return value;
        }

        return (int)Wrong("has an escape without its hexadecimal digits");
    }

    private long Class()
    {
        _position++;
        var negated = Take('^');
        var set = new CodePointSet();
        while (!AtEnd && Current != ']')
        {
            ClassPart(set);
        }

        if (!Take(']'))
        {
            return Wrong("has a character class that is not closed");
        }

        return Write(negated ? set.Complement() : set);
    }

    private void ClassPart(CodePointSet set)
    {
        if (Current == '\\' && EscapedSet() is { } escaped)
        {
            set.Add(escaped);
            if (!AtEnd && Current == '-' && _position + 1 < source.Length && source[_position + 1] != ']')
            {
                Wrong("has a range that starts with a class");
            }

            return;
        }

        var first = AtEnd ? 0 : ClassScalar();
        if (AtEnd || Current != '-' || _position + 1 >= source.Length || source[_position + 1] == ']')
        {
            set.Add(first, first);
            return;
        }

        _position++;
        if (Current == '\\' && EscapedSet() is not null)
        {
            Wrong("has a range that ends with a class");
            return;
        }

        var last = AtEnd ? 0 : ClassScalar();
        if (last < first)
        {
            Wrong("has a range that is out of order");
        }

        set.Add(first, Math.Max(first, last));
    }

    private int ClassScalar() => Current == '\\' ? EscapedScalar(inClass: true) : Scalar().Item1;
}
