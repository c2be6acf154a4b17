using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Layouts of Go's time package: an example of the time 2006-01-02 15:04:05 -0700 MST.</summary>
internal static class GoTime
{
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["ANSIC"] = "Mon Jan _2 15:04:05 2006",
        ["UnixDate"] = "Mon Jan _2 15:04:05 MST 2006",
        ["RubyDate"] = "Mon Jan 02 15:04:05 -0700 2006",
        ["RFC822"] = "02 Jan 06 15:04 MST",
        ["RFC822Z"] = "02 Jan 06 15:04 -0700",
        ["RFC850"] = "Monday, 02-Jan-06 15:04:05 MST",
        ["RFC1123"] = "Mon, 02 Jan 2006 15:04:05 MST",
        ["RFC1123Z"] = "Mon, 02 Jan 2006 15:04:05 -0700",
        ["RFC3339"] = "2006-01-02T15:04:05Z07:00",
        ["RFC3339Nano"] = "2006-01-02T15:04:05.999999999Z07:00",
    };

    // Longer elements first, because some begin with another.
    private static readonly string[] Elements =
    [
        "January", "Jan", "Monday", "Mon", "MST", "2006", "Z07:00", "-07:00", "Z0700", "-0700", "-07", "002", "01", "02", "03", "04", "05", "06",
        "15", "_2", "PM", "pm", "1", "2", "3", "4", "5",
    ];

    internal static string Layout(string name) => Named.GetValueOrDefault(name, name);

    internal static string Format(DateTime local, long nanos, TimeSpan offset, string zone, string layout)
    {
        var text = new StringBuilder();
        foreach (var (element, isElement) in Split(layout))
        {
            text.Append(isElement ? Element(element, local, nanos, offset, zone) : element);
        }

        return text.ToString();
    }

    internal static IEnumerable<(string Text, bool IsElement)> Split(string layout)
    {
        var at = 0;
        while (at < layout.Length)
        {
            var rest = layout[at..];
            var element = Fraction(rest) ?? Array.Find(Elements, e => rest.StartsWith(e, StringComparison.Ordinal));
            yield return (element ?? layout[at].ToString(), element is not null);
            at += element?.Length ?? 1;
        }
    }

    /// <summary>.000 or .999: the fraction of the second, in as many digits, or without zeros at its end.</summary>
    private static string? Fraction(string rest)
    {
        if (rest.Length < 2 || rest[0] is not ('.' or ',') || rest[1] is not ('0' or '9'))
        {
            return null;
        }

        var digits = rest.Skip(1).TakeWhile(c => c == rest[1]).Count();
        return digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]) ? null : rest[..(digits + 1)];
    }

    private static string Element(string element, DateTime t, long nanos, TimeSpan offset, string zone)
    {
        string Number(int number, string format = "00") => number.ToString(format, CultureInfo.InvariantCulture);
        return element switch
        {
            "2006" => Number(t.Year, "0000"),
            "06" => Number(t.Year % 100),
            "January" => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(t.Month),
            "Jan" => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(t.Month),
            "Monday" => t.DayOfWeek.ToString(),
            "Mon" => t.DayOfWeek.ToString()[..3],
            "01" => Number(t.Month),
            "1" => Number(t.Month, "0"),
            "02" => Number(t.Day),
            "_2" => Number(t.Day, "0").PadLeft(2),
            "2" => Number(t.Day, "0"),
            "002" => Number(t.DayOfYear, "000"),
            "15" => Number(t.Hour),
            "03" => Number(((t.Hour + 11) % 12) + 1),
            "3" => Number(((t.Hour + 11) % 12) + 1, "0"),
            "04" => Number(t.Minute),
            "4" => Number(t.Minute, "0"),
            "05" => Number(t.Second),
            "5" => Number(t.Second, "0"),
            "PM" => t.Hour < 12 ? "AM" : "PM",
            "pm" => t.Hour < 12 ? "am" : "pm",
            "MST" => zone,
            _ when element[0] is '.' or ',' => FractionOf(element, nanos),
            _ => Offset(element, offset),
        };
    }

    private static string FractionOf(string element, long nanos)
    {
        var digits = nanos.ToString("000000000", CultureInfo.InvariantCulture).PadRight(element.Length - 1, '0')[..(element.Length - 1)];
        digits = element[1] == '9' ? digits.TrimEnd('0') : digits;
        return digits.Length == 0 ? "" : element[0] + digits;
    }

    private static string Offset(string element, TimeSpan offset)
    {
        if (element[0] == 'Z' && offset == TimeSpan.Zero)
        {
            return "Z";
        }

        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var separator = element.Contains(':', StringComparison.Ordinal) ? ":" : "";
        var hours = offset.Duration().ToString("hh", CultureInfo.InvariantCulture);
        return element == "-07" ? sign + hours : sign + hours + separator + offset.Duration().ToString("mm", CultureInfo.InvariantCulture);
    }
}
