using System.Globalization;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Dates and times of RFC 3339 and durations of its appendix A.</summary>
internal static class TimeFormats
{
    public static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDate(string text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-' || !Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day))
        {
            return false;
        }

        // RFC 3339 allows the year 0000, which the calendar of .NET does not have; it is a leap year.
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 2000 : year, month);
    }

    public static bool IsTime(string text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':' || !Digits(text, 0, 2, out var hour) || !Digits(text, 3, 2, out var minute) || !Digits(text, 6, 2, out var second))
        {
            return false;
        }

        var position = 8;
        if (text[position] == '.')
        {
            var start = ++position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            if (position == start)
            {
                return false;
            }
        }

        return hour < 24 && minute < 60 && second <= 60
            && Offset(text[position..], out var offset) && (second < 60 || Mod((hour * 60) + minute - offset) == (24 * 60) - 1);
    }

    // A leap second is the last of a day in UTC.
    private static int Mod(int minutes) => ((minutes % (24 * 60)) + (24 * 60)) % (24 * 60);

    private static bool Offset(string text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || !Digits(text, 1, 2, out var hour) || !Digits(text, 4, 2, out var minute))
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return hour < 24 && minute < 60;
    }

    public static bool IsDuration(string text)
    {
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        var split = text.IndexOf('T', StringComparison.Ordinal);
        var date = split < 0 ? text[1..] : text[1..split];
        if (date.EndsWith('W'))
        {
            return split < 0 && Parts(date, "W");
        }

        return split < 0
            ? Parts(date, "YMD")
            : (date.Length == 0 || Parts(date, "YMD")) && Parts(text[(split + 1)..], "HMS");
    }

    // A smaller unit follows a larger one without a gap (RFC 3339, appendix A).
    private static bool Parts(string text, string units)
    {
        var last = -1;
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            var unit = position < text.Length && position > start ? units.IndexOf(text[position], StringComparison.Ordinal) : -1;
            if (unit < 0 || (last >= 0 && unit != last + 1))
            {
                return false;
            }

            last = unit;
            position++;
        }

        return last >= 0;
    }

    private static bool Digits(string text, int start, int count, out int value) =>
        int.TryParse(text.AsSpan(start, count), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
