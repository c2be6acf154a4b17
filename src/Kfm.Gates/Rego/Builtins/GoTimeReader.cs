using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Reads a time by a layout of Go's time package, as its Parse does: missing parts are those of the first day of the year 0 in UTC.</summary>
internal sealed class GoTimeReader(string text)
{
    private const long NanosPerSecond = 1_000_000_000;
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
    private int _at;
    private int _year;
    private int _month = -1;
    private int _day = -1;
    private int _yearDay = -1;
    private int _hour;
    private int _minute;
    private int _second;
    private long _nanos;
    private bool _afternoon;
    private bool _morning;
    private int _offset;

    /// <summary>Nanoseconds since 1970; null when the text does not fit the layout or a part is out of range.</summary>
    public static BigInteger? Read(string layout, string text)
    {
        var reader = new GoTimeReader(text);
        var elements = GoTime.Split(GoTime.Layout(layout)).ToList();
        for (var i = 0; i < elements.Count; i++)
        {
            var (element, isElement) = elements[i];
            var fits = isElement
                ? reader.Element(element, fractionFollows: i + 1 < elements.Count && elements[i + 1] is { IsElement: true, Text: ['.' or ',', ..] })
                : reader.Literal(element[0]);
            if (!fits)
            {
                return null;
            }
        }

        return reader._at == text.Length ? reader.Nanos() : null;
    }

    // A run of spaces in the layout stands for any number of them.
    private bool Literal(char c)
    {
        if (c == ' ')
        {
            var before = _at;
            while (_at < text.Length && text[_at] == ' ')
            {
                _at++;
            }

            return _at > before || _at == text.Length || text[_at - 1] == ' ';
        }

        return _at < text.Length && text[_at++] == c;
    }

    private bool Element(string element, bool fractionFollows) => element switch
    {
        "2006" => Digits(4, 4, out _year),
        "06" => Digits(2, 2, out _year) && (_year += _year >= 69 ? 1900 : 2000) > 0,
        "January" => Name(Months, int.MaxValue, out _month) && ++_month > 0,
        "Jan" => Name(Months, 3, out _month) && ++_month > 0,
        "Monday" => Name(Days, int.MaxValue, out _),
        "Mon" => Name(Days, 3, out _),
        "01" => Digits(2, 2, out _month) && _month is >= 1 and <= 12,
        "1" => Digits(1, 2, out _month) && _month is >= 1 and <= 12,
        "02" => Digits(2, 2, out _day),
        "_2" => (Peek() != ' ' || ++_at > 0) && Digits(1, 2, out _day),
        "2" => Digits(1, 2, out _day),
        "002" => Digits(3, 3, out _yearDay),
        "15" => Digits(1, 2, out _hour) && _hour < 24,
        "03" => Digits(2, 2, out _hour) && _hour <= 12,
        "3" => Digits(1, 2, out _hour) && _hour <= 12,
        "04" => Digits(2, 2, out _minute) && _minute < 60,
        "4" => Digits(1, 2, out _minute) && _minute < 60,
        "05" => Digits(2, 2, out _second) && _second < 60 && (fractionFollows || Fraction(optional: true, null)),
        "5" => Digits(1, 2, out _second) && _second < 60 && (fractionFollows || Fraction(optional: true, null)),
        "PM" => Half("AM", "PM"),
        "pm" => Half("am", "pm"),
        "MST" => Zone(),
        _ when element[0] is '.' or ',' => element[1] == '9' ? Fraction(optional: true, null) : Fraction(optional: false, element.Length - 1),
        _ => Offset(element),
    };

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private bool Digits(int least, int most, out int number)
    {
        number = 0;
        var count = 0;
        for (; count < most && char.IsAsciiDigit(Peek()); count++)
        {
            number = (number * 10) + (text[_at++] - '0');
        }

        return count >= least;
    }

    private bool Name(string[] names, int length, out int index)
    {
        index = Array.FindIndex(names, n =>
        {
            var name = n[..Math.Min(length, n.Length)];
            return string.Compare(text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0;
        });
        _at += index < 0 ? 0 : Math.Min(length, names[index].Length);
        return index >= 0;
    }

    private bool Half(string morning, string afternoon)
    {
        _morning = string.CompareOrdinal(text, _at, morning, 0, 2) == 0;
        _afternoon = string.CompareOrdinal(text, _at, afternoon, 0, 2) == 0;
        _at += 2;
        return _morning || _afternoon;
    }

    private bool Fraction(bool optional, int? exactly)
    {
        if (Peek() is not ('.' or ',') || !char.IsAsciiDigit(Peek(1)))
        {
            return optional;
        }

        var start = ++_at;
        for (_nanos = 0; char.IsAsciiDigit(Peek()); _at++)
        {
            _nanos = _at - start < 9 ? (_nanos * 10) + (text[_at] - '0') : _nanos;
        }

        for (var digits = _at - start; digits < 9; digits++)
        {
            _nanos *= 10;
        }

        return exactly is null || _at - start == exactly;
    }

    private bool Offset(string element)
    {
        if (element[0] == 'Z' && Peek() == 'Z')
        {
            _at++;
            return true;
        }

        var sign = Peek() switch { '+' => 1, '-' => -1, _ => 0 };
        _at++;
        var colon = element.Contains(':', StringComparison.Ordinal);
        var minutes = 0;
        if (sign == 0 || !Digits(2, 2, out var hours) || (colon && Peek() != ':'))
        {
            return false;
        }

        _at += colon ? 1 : 0;
        var fits = element == "-07" || Digits(2, 2, out minutes);
        _offset = sign * ((hours * 3600) + (minutes * 60));
        return fits && hours <= 24 && minutes < 60;
    }

    // An abbreviation that is not UTC tells no offset: Go makes one up that is zero, except for GMT with a number of hours.
    private bool Zone()
    {
        var start = _at;
        while (char.IsAsciiLetterUpper(Peek()) && _at - start < 5)
        {
            _at++;
        }

        var name = text[start.._at];
        if (name == "GMT" && Peek() is '+' or '-' && char.IsAsciiDigit(Peek(1)))
        {
            var sign = text[_at++] == '+' ? 1 : -1;
            _ = Digits(1, 2, out var hours);
            _offset = sign * hours * 3600;
            return hours <= 23;
        }

        return name.Length == 3 || (name.Length == 4 && (name[3] == 'T' || name == "WITA")) || (name.Length == 5 && name[4] == 'T');
    }

    private BigInteger? Nanos()
    {
        _hour = _afternoon && _hour < 12 ? _hour + 12 : _morning && _hour == 12 ? 0 : _hour;
        var leap = _year % 4 == 0 && (_year % 100 != 0 || _year % 400 == 0);
        if (_yearDay >= 0)
        {
            return _yearDay < 1 || _yearDay > (leap ? 366 : 365) ? null : At(DaysBefore(_year) + _yearDay - 1);
        }

        var (month, day) = (_month < 0 ? 1 : _month, _day < 0 ? 1 : _day);
        var length = month == 2 ? (leap ? 29 : 28) : month is 4 or 6 or 9 or 11 ? 30 : 31;
        if (day < 1 || day > length)
        {
            return null;
        }

        // The year 0 is not in the calendar of .NET; 400 years later the days are the same.
        var within = new DateTime(_year + 400, month, day, 0, 0, 0, DateTimeKind.Utc).DayOfYear - 1;
        return At(DaysBefore(_year) + within);
    }

    private BigInteger At(long days) => ((BigInteger)((((days * 24) + _hour) * 60) + _minute) * 60 * NanosPerSecond)
        + (((BigInteger)_second - _offset) * NanosPerSecond) + _nanos;

    private static long DaysBefore(int year)
    {
        long Count(long y) => (y * 365) + (y / 4) - (y / 100) + (y / 400);
        return Count(year + 399L) - Count(1970 + 399L);
    }
}
